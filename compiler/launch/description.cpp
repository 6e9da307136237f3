#include "compiler/launch/description.h"

#include <nlohmann/json.hpp>

namespace bouton::launch {

namespace {

using Json = nlohmann::json;

Json print_pool(const image::Pool& pool) {
  Json constants = Json::array();
  for (const image::PooledConstant constant : pool.constants)
    constants.push_back({constant.kernel.value, constant.op.value});
  Json extents = Json::array();
  for (const plan::ExtentId extent : pool.extents) extents.push_back(extent.value);
  return {{"constants", constants}, {"extents", extents}};
}

image::Pool parse_pool(const Json& text) {
  image::Pool pool;
  for (const Json& constant : text.at("constants"))
    pool.constants.push_back({plan::KernelId{constant.at(0)}, plan::ValueId{constant.at(1)}});
  for (const Json& extent : text.at("extents")) pool.extents.push_back(plan::ExtentId{extent});
  return pool;
}

Json print_variants(const std::vector<Variant>& variants) {
  Json all = Json::array();
  for (const Variant& variant : variants)
    all.push_back({{"pool", print_pool(variant.pool)}, {"shape", variant.shape}});
  return all;
}

}  // namespace

std::optional<std::size_t> find_variant(const Description& description, const plan::Plan& plan) {
  for (std::size_t i = 0; i < description.variants.size(); ++i) {
    const Variant& variant = description.variants[i];
    if (image::code_shape(plan, variant.pool) == variant.shape) return i;
  }
  return std::nullopt;
}

std::string print_description(const Description& d) {
  const Json text = {{"version", d.version},
                     {"file", d.file},
                     {"sources", d.sources},
                     {"experiment", d.experiment},
                     {"directory", d.directory},
                     {"parameters", d.parameters},
                     {"precision", elaborate::name_of(d.precision)},
                     {"cpu", d.cpu},
                     {"features", d.features},
                     {"widths", d.widths},
                     {"variants", print_variants(d.variants)},
                     {"fixed", d.fixed},
                     {"partly", d.partly}};
  return text.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Description parse_description(std::string_view text) {
  const Json json = Json::parse(text);
  Description d;
  json.at("version").get_to(d.version);
  json.at("file").get_to(d.file);
  json.at("sources").get_to(d.sources);
  json.at("experiment").get_to(d.experiment);
  json.at("directory").get_to(d.directory);
  json.at("parameters").get_to(d.parameters);
  if (json.at("precision") == elaborate::name_of(elaborate::Precision::Single))
    d.precision = elaborate::Precision::Single;
  json.at("cpu").get_to(d.cpu);
  json.at("features").get_to(d.features);
  json.at("widths").get_to(d.widths);
  for (const Json& variant : json.at("variants"))
    d.variants.push_back({parse_pool(variant.at("pool")), variant.at("shape")});
  json.at("fixed").get_to(d.fixed);
  json.at("partly").get_to(d.partly);
  return d;
}

}  // namespace bouton::launch
