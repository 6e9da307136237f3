// An object of HDF5, closed when it goes.
#pragma once

#include <hdf5.h>

#include <utility>

namespace bouton::runtime::hdf5 {

class Handle {
 public:
  Handle(hid_t id, herr_t (*closer)(hid_t)) : id_(id), closer_(closer) {}
  Handle(Handle&& other) noexcept
      : id_(std::exchange(other.id_, H5I_INVALID_HID)), closer_(other.closer_) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  Handle& operator=(Handle&&) = delete;
  ~Handle() { close(); }
  [[nodiscard]] hid_t id() const { return id_; }
  void close() {
    if (id_ >= 0) closer_(id_);
    id_ = H5I_INVALID_HID;
  }

 private:
  hid_t id_;
  herr_t (*closer_)(hid_t);
};

}  // namespace bouton::runtime::hdf5
