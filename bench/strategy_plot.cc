// How often strategies hit a bug of depth 1 to 4, beside the bound of PCT. Writes the figures as
// JSON, or with --svg as a plot. The same on every machine.
#include <cinttypes>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include "harness/sched/pct_strategy.h"
#include "tests/sched/strategy_workloads.h"

namespace pendulum::sched {
namespace {

constexpr uint64_t kSeeds = 1000;
constexpr uint64_t kRunsOfASeed = 1000;
constexpr uint32_t kDepths = DepthWorkload::kMostDepth;

struct Size {
  uint32_t agents;
  uint32_t steps;
};
constexpr Size kSizes[] = {{3, 18}, {4, 24}};

struct Series {
  const char* name;
  const char* colour;
  const char* dashes;  // of the line; nullptr: a solid one
  double rates[kDepths] = {};
};

std::vector<Series> Measure(Machine* machine, Size size) {
  std::vector<Series> all = {{"pct", "#0072b2", nullptr},
                             {"bound of pct", "#0072b2", "4 4"},
                             {"random", "#d55e00", nullptr},
                             {"pos", "#009e73", nullptr},
                             {"surw", "#cc79a7", nullptr}};
  for (uint32_t depth = 1; depth <= kDepths; ++depth) {
    DepthWorkload workload(machine->scheduler.get(), size.agents, size.steps, depth);
    const Profile profile = ProfileOf(&workload);
    for (Series& series : all) {
      double& rate = series.rates[depth - 1];
      if (series.dashes != nullptr) {
        rate = PctBound(size.agents, size.steps, depth);
        continue;
      }
      std::string spec = series.name;
      if (spec == "pct") spec += ":depth=" + std::to_string(depth);
      uint64_t hits = 0;
      for (uint64_t seed = 0; seed < kSeeds; ++seed) {
        const auto strategy = MakeLearned(spec, seed, profile);
        for (uint64_t run = 0; run < kRunsOfASeed; ++run) hits += workload.Run(strategy.get(), run);
      }
      rate = static_cast<double>(hits) / (kSeeds * kRunsOfASeed);
    }
  }
  return all;
}

void PrintJson(Size size, const std::vector<Series>& all, bool is_last) {
  std::printf("    {\n      \"agents\": %" PRIu32 ",\n      \"steps\": %" PRIu32 ",\n", size.agents,
              size.steps);
  for (const Series& series : all) {
    std::printf("      \"%s\": [", series.name);
    for (uint32_t i = 0; i < kDepths; ++i)
      std::printf("%s%.7f", i == 0 ? "" : ", ", series.rates[i]);
    std::printf("]%s\n", &series == &all.back() ? "" : ",");
  }
  std::printf("    }%s\n", is_last ? "" : ",");
}

// One panel: depth to the right, the rate upwards from 10^-5 to 1.
constexpr double kWidth = 420;
constexpr double kPanelHeight = 300;
constexpr double kLeft = 60;
constexpr double kTop = 56;
constexpr double kPlotWidth = 250;
constexpr double kPlotHeight = 200;
constexpr int kDecades = 5;

double X(uint32_t depth) { return kLeft + kPlotWidth * (depth - 1) / (kDepths - 1); }
double Y(double rate) { return kTop + kPlotHeight * -std::log10(rate) / kDecades; }

void PrintAxes(Size size) {
  std::printf("<text x=\"%g\" y=\"24\" font-weight=\"bold\">%" PRIu32 " agents, %" PRIu32
              " steps</text>\n<text x=\"%g\" y=\"42\" fill=\"#555\">runs that hit the bug</text>\n",
              kLeft, size.agents, size.steps, kLeft);
  for (int decade = 0; decade <= kDecades; ++decade) {
    const double y = Y(std::pow(10.0, -decade));
    std::printf("<path d=\"M%g %.1fh%g\" stroke=\"#ddd\"/>\n", kLeft, y, kPlotWidth);
    std::printf("<text x=\"%g\" y=\"%.1f\" text-anchor=\"end\">%s%.*f %%</text>\n", kLeft - 6,
                y + 4, "", decade > 2 ? decade - 2 : 0, 100 * std::pow(10.0, -decade));
  }
  for (uint32_t depth = 1; depth <= kDepths; ++depth) {
    std::printf("<text x=\"%.1f\" y=\"%g\" text-anchor=\"middle\">%" PRIu32 "</text>\n", X(depth),
                kTop + kPlotHeight + 18, depth);
  }
  std::printf(
      "<text x=\"%g\" y=\"%g\" text-anchor=\"middle\" fill=\"#555\">depth of the bug</text>\n",
      kLeft + kPlotWidth / 2, kTop + kPlotHeight + 36);
}

void PrintSeries(const std::vector<Series>& all) {
  // Labels at the lines' ends, moved apart where they would cover each other.
  std::vector<double> labels;
  for (const Series& series : all) {
    std::string path;
    double end = kTop + kPlotHeight;
    for (uint32_t depth = 1; depth <= kDepths; ++depth) {
      const double rate = series.rates[depth - 1];
      if (rate <= 0) break;
      char point[48];
      std::snprintf(point, sizeof point, "%c%.1f %.1f", depth == 1 ? 'M' : 'L', X(depth), Y(rate));
      path += point;
      end = Y(rate);
      if (series.dashes == nullptr) {
        std::printf("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>\n", X(depth), Y(rate),
                    series.colour);
      }
    }
    std::printf("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"%s%s%s/>\n",
                path.c_str(), series.colour, series.dashes == nullptr ? "" : " stroke-dasharray=\"",
                series.dashes == nullptr ? "" : series.dashes,
                series.dashes == nullptr ? "" : "\"");
    bool moved = true;
    while (moved) {
      moved = false;
      for (const double taken : labels) {
        if (std::abs(taken - end) >= 14) continue;
        end = taken + 14;
        moved = true;
      }
    }
    labels.push_back(end);
    std::printf("<text x=\"%g\" y=\"%.1f\" fill=\"%s\">%s</text>\n", kLeft + kPlotWidth + 10,
                end + 4, series.colour, series.name);
  }
}

int Main(bool svg) {
  Machine machine;
  constexpr size_t kPanels = std::size(kSizes);
  if (svg) {
    std::printf(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%g\" height=\"%g\" "
        "font-family=\"sans-serif\" "
        "font-size=\"12\">\n<title>Hit rates of strategies by depth of the bug</title>\n"
        "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n",
        kWidth * kPanels, kPanelHeight);
  } else {
    std::printf("{\n  \"seeds\": %" PRIu64 ",\n  \"runs_of_a_seed\": %" PRIu64
                ",\n  \"workloads\": [\n",
                kSeeds, kRunsOfASeed);
  }
  for (size_t i = 0; i < kPanels; ++i) {
    const std::vector<Series> all = Measure(&machine, kSizes[i]);
    if (svg) {
      std::printf("<g transform=\"translate(%g 0)\">\n", kWidth * static_cast<double>(i));
      PrintAxes(kSizes[i]);
      PrintSeries(all);
      std::printf("</g>\n");
    } else {
      PrintJson(kSizes[i], all, i + 1 == kPanels);
    }
  }
  std::printf(svg ? "</svg>\n" : "  ]\n}\n");
  return 0;
}

}  // namespace
}  // namespace pendulum::sched

int main(int count, char** arguments) {
  const bool svg = count == 2 && std::strcmp(arguments[1], "--svg") == 0;
  if (count > 1 && !svg) {
    std::fprintf(stderr, "usage: strategy_plot [--svg]\n");
    return 2;
  }
  return pendulum::sched::Main(svg);
}
