#include "compiler/launch/parameters.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string_view>
#include <utility>

#include "compiler/base/match.h"
#include "compiler/launch/constant.h"
#include "compiler/parse/parse.h"
#include "runtime/tensor/join.h"

namespace bouton::launch {

namespace {

using diagnostics::Kind;
using runtime::Value;

using Quantity = Constant;

// A value is parsed as the body of a function, the shortest text that the parser takes it in, and
// shown as it stands on the command line.
constexpr std::string_view kFrame = "function value() = ";

void refuse_value(Session& session, source::Span shown) {
  session.diagnostics.report(Kind::ParameterNotAValue, shown, {"a parameter needs a plain value"})
      .hint(
          "write a number with its unit such as `0.1/s`, an array `[1, 2]`, a text in quotes, or "
          "true or false");
}

class ValueReader {
 public:
  // `shown`: the value on the command line.
  ValueReader(Session& session, source::Span shown) : session_(session), shown_(shown) {}

  [[nodiscard]] source::Span place(source::Span parsed) const {
    const auto shift = [&](std::uint32_t offset) {
      const auto behind_frame = offset - static_cast<std::uint32_t>(kFrame.size());
      return std::min(shown_.begin + behind_frame, shown_.end);
    };
    return {shown_.file, shift(parsed.begin), shift(parsed.end)};
  }

  std::optional<Quantity> read(const ast::Expr& expr) {
    if (const auto* text = std::get_if<ast::Text>(&expr.node))
      return Quantity{Value(text->value), {}};
    if (const auto* truth = std::get_if<ast::Boolean>(&expr.node))
      return Quantity{Value(truth->value), {}};
    if (const auto* name = std::get_if<ast::Name>(&expr.node))
      return Quantity{Value(name->name.text), {}};
    if (const auto* array = std::get_if<ast::ArrayLiteral>(&expr.node))
      return read_array(*array, expr);
    return compute(expr);
  }

 private:
  // With its own arithmetic: `0.1/s` gives the bits that it gives in the text of a program.
  std::optional<Quantity> compute(const ast::Expr& expr) {
    const source::Span span = place(expr.span);
    auto computed = evaluate_constant(std::string(session_.sources.text(span)));
    if (auto* constant = std::get_if<Constant>(&computed)) return std::move(*constant);
    const auto& refusal = std::get<NoConstant>(computed);
    const auto at = [&](std::size_t offset) {
      return span.begin + static_cast<std::uint32_t>(offset);
    };
    session_.diagnostics
        .report(Kind::ParameterNotAValue, {span.file, at(refusal.begin), at(refusal.end)},
                {refusal.headline})
        .hint(refusal.hint);
    return std::nullopt;
  }

  std::optional<Quantity> read_array(const ast::ArrayLiteral& array, const ast::Expr& expr) {
    std::vector<Value> items;
    std::optional<units::Dimension> dimension;  // of those that are not 0, which fits every unit
    for (const ast::Expr& element : array.elements) {
      auto item = read(element);
      if (!item) return std::nullopt;
      if (!is_plain_zero(item->value, item->dimension)) {
        if (dimension && item->dimension != *dimension) return refuse(expr);
        dimension = item->dimension;
      }
      items.push_back(std::move(item->value));
    }
    auto built = runtime::build_array(items);
    if (!built) return refuse(expr);
    return Quantity{*std::move(built), dimension.value_or(units::Dimension{})};
  }

  std::optional<Quantity> refuse(const ast::Expr& expr) {
    refuse_value(session_, place(expr.span));
    return std::nullopt;
  }

  Session& session_;
  source::Span shown_;
};

bool is_name(std::string_view text) {
  if (text.empty() || std::isdigit(static_cast<unsigned char>(text.front())) != 0) return false;
  for (const char c : text)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '_') return false;
  return true;
}

const ast::Expr* value_in(const ast::File& file) {
  if (file.declarations.size() != 1) return nullptr;
  const auto* function = std::get_if<ast::Function>(&file.declarations.front().node);
  return function == nullptr ? nullptr : &function->value;
}

source::Loaded show(Session& session, const std::string& words) {
  return session.sources.add_text("command line", words, source::Origin::CommandLine);
}

std::nullopt_t refuse_setting(Session& session, const std::string& setting) {
  const auto loaded = show(session, "--param " + setting);
  const auto* file = std::get_if<source::FileId>(&loaded);
  const source::FileId id = file != nullptr ? *file : std::get<source::LoadError>(loaded).span.file;
  const auto end = static_cast<std::uint32_t>(session.sources.text(id).size());
  session.diagnostics.report(Kind::NotASetting, {id, 0, end}, {setting})
      .hint("write `--param name=value`");
  return std::nullopt;
}

// Where messages point at the value; nothing if it is no text.
std::optional<source::Span> show_value(Session& session, const std::string& setting,
                                       std::size_t value) {
  constexpr std::string_view kOption = "--param ";
  const auto loaded = show(session, std::string(kOption) + setting);
  const auto* file = std::get_if<source::FileId>(&loaded);
  if (file == nullptr) return std::nullopt;
  return source::Span{*file, static_cast<std::uint32_t>(kOption.size() + value),
                      static_cast<std::uint32_t>(kOption.size() + setting.size())};
}

// As units are printed: `3 1/ms` is `3 /ms`.
std::string without_one_over(std::string setting) {
  const std::size_t value = setting.find('=') + 1;
  const std::size_t one = setting.find(" 1/", value);
  const bool number = one != std::string::npos && one + 3 < setting.size() &&
                      std::isalpha(static_cast<unsigned char>(setting[one + 3])) != 0 &&
                      setting.find_first_not_of("+-.eE0123456789 ", value) > one + 1;
  if (number) setting[one + 1] = ' ';
  return setting;
}

std::optional<ast::File> parse_value(const std::string& value) {
  Session scratch;
  const auto loaded = scratch.sources.add_text("value", std::string(kFrame) + value + "\n");
  const auto* file = std::get_if<source::FileId>(&loaded);
  if (file == nullptr) return std::nullopt;
  return parse::parse(scratch.sources, *file, scratch.diagnostics);
}

std::optional<elaborate::ParameterSetting> read_setting(Session& session,
                                                        const std::string& given) {
  const std::string setting = without_one_over(given);
  const std::size_t equals = setting.find('=');
  const std::string name = setting.substr(0, equals);
  if (equals == std::string::npos || !is_name(name)) return refuse_setting(session, setting);
  const auto shown = show_value(session, setting, equals + 1);
  if (!shown) return refuse_setting(session, setting);
  const auto tree = parse_value(setting.substr(equals + 1));
  const ast::Expr* value = tree ? value_in(*tree) : nullptr;
  if (value == nullptr) {
    refuse_value(session, *shown);
    return std::nullopt;
  }
  ValueReader reader(session, *shown);
  auto quantity = reader.read(*value);
  if (!quantity) return std::nullopt;
  const auto begin = static_cast<std::uint32_t>(shown->begin - equals - 1);
  const source::Span name_span{shown->file, begin, begin + static_cast<std::uint32_t>(name.size())};
  return elaborate::ParameterSetting{name, std::move(quantity->value), quantity->dimension,
                                     reader.place(value->span), name_span};
}

}  // namespace

std::optional<std::vector<elaborate::ParameterSetting>> read_parameters(
    Session& session, const std::vector<std::string>& settings) {
  std::vector<elaborate::ParameterSetting> values;
  bool sound = true;
  for (const std::string& setting : settings) {
    auto value = read_setting(session, setting);
    sound &= value.has_value();
    if (value) values.push_back(*std::move(value));
  }
  if (!sound) return std::nullopt;
  return values;
}

}  // namespace bouton::launch
