// Compiled code that earlier runs have made, one file per key in a folder of the user's.
//
// A key must say everything that the code depends on: what is kept under it is used without another
// look at what it was made of. Any number of processes and threads may use one folder at the same
// time: an entry is written under a name of its own and renamed when it is whole, and is never
// changed after that. A damaged entry is removed and is no entry. Whatever goes wrong with the
// folder costs time and nothing else.
//
// As entries are code that will run, a folder that other users can write is not used.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "compiler/cache/settings.h"

namespace bouton::cache {

class CodeCache {
 public:
  explicit CodeCache(Settings settings);
  // Keeps the folder within its limit if something was added to it.
  ~CodeCache();
  CodeCache(const CodeCache&) = delete;
  CodeCache& operator=(const CodeCache&) = delete;

  // Keys are words that are good names of files.
  [[nodiscard]] std::optional<std::string> find(const std::string& key);
  void keep(const std::string& key, std::string_view code);

  // The first reason why code is not looked up or kept; nothing while all is well. From then on
  // nothing more is kept.
  [[nodiscard]] std::optional<std::string> problem() const;
  void give_up(const std::string& reason);

 private:
  [[nodiscard]] std::filesystem::path file_of(const std::string& key) const;
  [[nodiscard]] bool make_folder();
  // The errno of the call that failed, or 0.
  [[nodiscard]] int write(const std::string& key, std::string_view bytes) const;

  Settings settings_;
  bool trusted_ = true;  // what is in the folder comes from this user
  std::atomic<bool> has_added_ = false;
  mutable std::mutex mutex_;  // of the problem
  std::optional<std::string> problem_;
};

}  // namespace bouton::cache
