#include "runtime/analysis/shown_unit.h"

#include <gtest/gtest.h>

#include "runtime/analysis/render_plot.h"
#include "runtime/analysis/render_table.h"

namespace bouton::runtime {
namespace {

TEST(ShownUnit, KilohertzAreShownInHertz) {
  EXPECT_EQ(render_in_unit(0.02, shown_unit("kHz")), "20 Hz");
  EXPECT_EQ(render_in_unit(Tensor::vector({0.005, 0.02}), shown_unit("kHz")), "[5, 20] Hz");
  EXPECT_EQ(render_in_unit(2.0, shown_unit("GOhm")), "2000 MOhm");
}

TEST(ShownUnit, OtherNumbersKeepTheirUnit) {
  EXPECT_EQ(render_in_unit(2.5, shown_unit("mV/ms")), "2.5 mV/ms");
  EXPECT_EQ(render_in_unit(2.5, shown_unit("1")), "2.5");
  EXPECT_EQ(render_in_unit(true, shown_unit("1")), "true");
}

TEST(ShownUnit, StandsInTheHeaderOfATable) {
  Results results;
  record_row(results, {{"row", 1.0}, {"rate", 0.02}});
  EXPECT_EQ(render_table(results.tables[0], {shown_unit("1"), shown_unit("kHz")}),
            "row  rate (Hz)\n  1         20\n");
}

TEST(ShownUnit, StandsInTheTitleOfAPlot) {
  Results results;
  record_row(results, {{"row", 1.0}, {"rate", 0.02}});
  record_row(results, {{"row", 2.0}, {"rate", 0.04}});
  const std::string plot =
      render_plot(results.tables[0], "rate", "row", false, {shown_unit("1"), shown_unit("kHz")});
  EXPECT_EQ(plot.substr(0, plot.find('\n')), "rate (Hz) vs row");
  EXPECT_NE(plot.find("40 |"), std::string::npos) << plot;
}

}  // namespace
}  // namespace bouton::runtime
