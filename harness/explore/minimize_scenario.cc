// Smaller scenarios, and what is smaller in them.
#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "harness/explore/minimize.h"

namespace pendulum::explore {
namespace {

using host::BodyFraming;
using host::DisconnectWhen;
using host::HostSettings;
using host::RequestDescription;
using host::Scenario;

// Calls `visit(name, member)` for each setting, where `member` points to it in HostSettings.
template <typename Visit>
void ForEachSetting(const Visit& visit) {
  visit("response_buffering", &HostSettings::response_buffering);
  visit("response_buffer_limit_bytes", &HostSettings::response_buffer_limit_bytes);
  visit("completion_timing", &HostSettings::completion_timing);
  visit("buffered_writes_complete_inline", &HostSettings::buffered_writes_complete_inline);
  visit("end_of_body", &HostSettings::end_of_body);
  visit("partial_reads", &HostSettings::partial_reads);
  visit("poison_out_parameters", &HostSettings::poison_out_parameters);
  visit("zero_request_memory", &HostSettings::zero_request_memory);
  visit("memory_faults", &HostSettings::memory_faults);
  visit("network_faults", &HostSettings::network_faults);
  visit("write_after_disconnect", &HostSettings::write_after_disconnect);
  visit("concurrent_completions", &HostSettings::concurrent_completions);
  visit("post_routine", &HostSettings::post_routine);
  visit("client_certificate", &HostSettings::client_certificate);
  visit("app_pool_name", &HostSettings::app_pool_name);
  visit("site_name", &HostSettings::site_name);
  visit("site_id", &HostSettings::site_id);
  visit("application_path", &HostSettings::application_path);
  visit("physical_path", &HostSettings::physical_path);
  visit("user_name", &HostSettings::user_name);
  visit("authentication_type", &HostSettings::authentication_type);
  visit("remote_address", &HostSettings::remote_address);
  visit("local_address", &HostSettings::local_address);
  visit("remote_port", &HostSettings::remote_port);
  visit("local_port", &HostSettings::local_port);
  visit("connection_is_null", &HostSettings::connection_is_null);
  visit("server_variables", &HostSettings::server_variables);
  visit("configuration", &HostSettings::configuration);
}

uint32_t BodyBytes(const RequestDescription& request) {
  return request.body.empty() ? request.body_bytes : static_cast<uint32_t>(request.body.size());
}

// Collects the smaller forms of one scenario.
class Smaller {
 public:
  Smaller(const Scenario& scenario, const SmallerUrls& smaller_urls)
      : scenario_(scenario), smaller_urls_(smaller_urls) {}

  std::vector<SmallerScenario> All() {
    AddWithoutRequests();
    for (size_t i = 0; i < scenario_.requests.size(); ++i) {
      AddClient(i);
      AddBody(i);
      AddRest(i);
    }
    AddSettings();
    return std::move(smaller_);
  }

 private:
  void Add(Scenario scenario) { smaller_.push_back({std::move(scenario), -1}); }

  // Adds the scenario with request `index` changed.
  template <typename Change>
  void AddChanged(size_t index, const Change& change) {
    Scenario scenario = scenario_;
    change(&scenario.requests[index]);
    Add(std::move(scenario));
  }

  void AddWithoutRequests() {
    if (scenario_.requests.size() < 2) return;
    for (size_t i = scenario_.requests.size(); i-- > 0;) {
      Scenario scenario = scenario_;
      scenario.requests.erase(scenario.requests.begin() + static_cast<ptrdiff_t>(i));
      scenario.requests[0].on_same_connection = false;
      smaller_.push_back({std::move(scenario), static_cast<int>(i)});
    }
  }

  void AddClient(size_t index) {
    const RequestDescription& request = scenario_.requests[index];
    if (request.client.disconnect != DisconnectWhen::kNever) {
      AddChanged(index, [](auto* one) { one->client.disconnect = DisconnectWhen::kNever; });
    }
    if (request.client.reads_slowly) {
      AddChanged(index, [](auto* one) { one->client.reads_slowly = false; });
    }
    const size_t pieces = request.client.arrival_bytes.size();
    if (pieces != 0) AddChanged(index, [](auto* one) { one->client.arrival_bytes.clear(); });
    for (size_t i = 0; pieces > 1 && i < pieces; ++i) {
      AddChanged(index, [i](auto* one) {
        one->client.arrival_bytes.erase(one->client.arrival_bytes.begin() +
                                        static_cast<ptrdiff_t>(i));
      });
    }
    if (request.on_same_connection) {
      AddChanged(index, [](auto* one) { one->on_same_connection = false; });
    }
  }

  void AddWithoutBody(size_t index) {
    AddChanged(index, [](auto* one) {
      one->body.clear();
      one->body_bytes = 0;
      one->framing = BodyFraming::kNone;
      one->client.arrival_bytes.clear();
      if (one->client.disconnect == DisconnectWhen::kDuringBody) {
        one->client.disconnect = DisconnectWhen::kNever;
      }
    });
  }

  void AddBody(size_t index) {
    const RequestDescription& request = scenario_.requests[index];
    const uint32_t bytes = BodyBytes(request);
    if (bytes != 0 || request.framing != BodyFraming::kNone) AddWithoutBody(index);
    if (request.framing == BodyFraming::kChunked && bytes != 0) {
      AddChanged(index, [](auto* one) { one->framing = BodyFraming::kContentLength; });
    }
    // Bytes of the pattern are plainer than bytes of somebody's own.
    if (!request.body.empty()) AddChanged(index, [](auto* one) { one->body.clear(); });
    for (uint32_t step = bytes - bytes / 2; step >= 1 && step < bytes; step /= 2) {
      AddShorter(index, bytes, step);
    }
  }

  // Without `step` of the body's bytes; of a body of its own, without each such range.
  void AddShorter(size_t index, uint32_t bytes, uint32_t step) {
    constexpr uint32_t kMostRanges = 64;
    if (scenario_.requests[index].body.empty()) {
      AddChanged(index, [&](auto* one) { one->body_bytes = bytes - step; });
      return;
    }
    for (uint32_t range = 0; range < kMostRanges && (range + 1) * step <= bytes; ++range) {
      AddChanged(index, [&](auto* one) {
        one->body.erase(bytes - (range + 1) * step, step);
        one->body_bytes = bytes - step;
      });
    }
  }

  void AddRest(size_t index) {
    const RequestDescription& request = scenario_.requests[index];
    for (size_t i = 0; i < request.headers.size(); ++i) {
      AddChanged(index, [i](auto* one) {
        one->headers.erase(one->headers.begin() + static_cast<ptrdiff_t>(i));
      });
    }
    if (request.url != "/") AddChanged(index, [](auto* one) { one->url = "/"; });
    if (smaller_urls_) {
      for (const std::string& url : smaller_urls_(request.url)) {
        AddChanged(index, [&](auto* one) { one->url = url; });
      }
    }
    const bool has_body = BodyBytes(request) != 0 || request.framing != BodyFraming::kNone;
    if (request.method != "GET" && !has_body) {
      AddChanged(index, [](auto* one) { one->method = "GET"; });
    }
  }

  void AddSettings() {
    const HostSettings plain;
    ForEachSetting([&](std::string_view, auto member) {
      if (scenario_.host.*member == plain.*member) return;
      Scenario scenario = scenario_;
      scenario.host.*member = plain.*member;
      Add(std::move(scenario));
    });
  }

  const Scenario& scenario_;
  const SmallerUrls& smaller_urls_;
  std::vector<SmallerScenario> smaller_;
};

std::string Bytes(uint32_t bytes) {
  return bytes == 0 ? "no body"
                    : "a body of " + std::to_string(bytes) + (bytes == 1 ? " byte" : " bytes");
}

void DescribeRequest(const RequestDescription& before, const RequestDescription& after,
                     const std::string& where, std::vector<std::string>* lines) {
  const uint32_t was = BodyBytes(before);
  const uint32_t now = BodyBytes(after);
  if (now != was) lines->push_back(Bytes(now) + ", not of " + std::to_string(was) + where);
  if (!before.body.empty() && after.body.empty() && now != 0) {
    lines->push_back("any bytes in the body" + where);
  }
  if (before.framing == BodyFraming::kChunked && after.framing == BodyFraming::kContentLength) {
    lines->push_back("a body with Content-Length, not chunked" + where);
  }
  if (now != 0 && before.client.arrival_bytes.size() > after.client.arrival_bytes.size()) {
    lines->push_back(after.client.arrival_bytes.empty()
                         ? "the body comes in one piece" + where
                         : "fewer pieces in which the body comes" + where);
  }
  if (before.client.disconnect != after.client.disconnect) {
    lines->push_back("the client stays" + where);
  }
  if (before.client.reads_slowly != after.client.reads_slowly) {
    lines->push_back("the client does not read slowly" + where);
  }
  if (before.on_same_connection != after.on_same_connection) {
    lines->push_back("a connection of its own" + where);
  }
  if (before.headers.size() != after.headers.size()) {
    lines->push_back(after.headers.empty() ? "no headers" + where : "fewer headers" + where);
  }
  if (before.url != after.url) lines->push_back("the URL " + after.url + where);
  if (before.method != after.method) lines->push_back("a GET, not a " + before.method + where);
}

}  // namespace

std::vector<SmallerScenario> SmallerScenarios(const Scenario& scenario,
                                              const SmallerUrls& smaller_urls) {
  return Smaller(scenario, smaller_urls).All();
}

std::vector<NotedDecision> WithoutRequest(std::vector<NotedDecision> notes, int request) {
  const auto subjects = [](NotedDecision* noted) {
    return std::to_array({&noted->key.subject, &noted->key.anchor.subject, &noted->key.last.subject,
                          &noted->chosen.subject});
  };
  std::erase_if(notes, [&](NotedDecision& noted) {
    const auto all = subjects(&noted);
    return std::any_of(all.begin(), all.end(),
                       [&](const Subject* subject) { return subject->request == request; });
  });
  for (NotedDecision& noted : notes) {
    for (Subject* subject : subjects(&noted)) {
      if (subject->request < host::kMaxRequests && subject->request > request) --subject->request;
    }
  }
  return notes;
}

std::vector<std::string> DescribeChanges(const Scenario& before, const Scenario& after) {
  std::vector<std::string> lines;
  const size_t was = before.requests.size();
  const size_t now = after.requests.size();
  if (now < was) {
    lines.push_back(std::to_string(now) + (now == 1 ? " request" : " requests") + ", not " +
                    std::to_string(was));
  } else {
    for (size_t i = 0; i < now; ++i) {
      DescribeRequest(before.requests[i], after.requests[i],
                      now == 1 ? "" : " (request " + std::to_string(i) + ")", &lines);
    }
  }
  ForEachSetting([&](std::string_view name, auto member) {
    if (before.host.*member == after.host.*member) return;
    lines.push_back("the default of the setting " + std::string(name));
  });
  return lines;
}

}  // namespace pendulum::explore
