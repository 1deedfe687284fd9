package org.samegan.torch.library;

/**
 * The stable C functions, in torch's headers {@code aoti_torch/c/shim.h} and {@code
 * stable/c/shim.h}. Pointers and handles are longs; a returned int is 0 unless the call failed.
 */
final class TorchFunctions {
  private TorchFunctions() {}

  @Symbol("aoti_torch_abi_version")
  static native long abiVersion();

  @Symbol("aoti_torch_device_type_cpu")
  static native int deviceTypeCpu();

  @Symbol("aoti_torch_device_type_cuda")
  static native int deviceTypeCuda();

  @Symbol("aoti_torch_dtype_float32")
  static native int float32();

  @Symbol("aoti_torch_dtype_float64")
  static native int float64();

  @Symbol("aoti_torch_dtype_bfloat16")
  static native int bfloat16();

  @Symbol("aoti_torch_dtype_bool")
  static native int bool();

  @Symbol("aoti_torch_memory_format_contiguous_format")
  static native int contiguousFormat();

  @Symbol("aoti_torch_memory_format_channels_last")
  static native int channelsLast();

  @Symbol("aoti_torch_grad_mode_set_enabled")
  static native void setGradMode(boolean enabled);

  @Symbol("aoti_torch_new_tensor_handle")
  static native int newTensorHandle(long tensor, long result);

  @Symbol("aoti_torch_delete_tensor_object")
  static native int deleteTensor(long tensor);

  @Symbol("aoti_torch_get_dim")
  static native int dimensions(long tensor, long result);

  @Symbol("aoti_torch_get_sizes")
  static native int sizes(long tensor, long result);

  @Symbol("aoti_torch_get_dtype")
  static native int type(long tensor, long result);

  @Symbol("aoti_torch_get_data_ptr")
  static native int data(long tensor, long result);

  @Symbol("aoti_torch_create_tensor_from_blob")
  static native int fromBlob(
      long data,
      long dimensions,
      long sizes,
      long strides,
      long offset,
      int type,
      int deviceType,
      int device,
      long result);

  @Symbol("aoti_torch_empty_strided")
  static native int emptyStrided(
      long dimensions, long sizes, long strides, int type, int deviceType, int device, long result);

  @Symbol("aoti_torch__reinterpret_tensor")
  static native int reinterpret(
      long tensor, long dimensions, long sizes, long strides, long offset, long result);

  @Symbol("aoti_torch_copy_")
  static native int copy(long to, long from, int nonBlocking);

  @Symbol("aoti_torch_zero_")
  static native int zero(long tensor);

  @Symbol("aoti_torch_aten_fill__Scalar")
  static native int fill(long tensor, double value);

  @Symbol("aoti_torch_aten_subtract_Tensor")
  static native int subtract(long a, long b, double factor, long result);

  @Symbol("aoti_torch_aten_pad")
  static native int pad(long tensor, long margins, long count, long mode, long value, long result);

  @Symbol("torch_call_dispatcher")
  static native int callDispatcher(long operator, long overload, long stack, long version);

  @Symbol("torch_new_list_reserve_size")
  static native int newList(long size, long result);

  @Symbol("torch_list_push_back")
  static native int append(long list, long value);

  @Symbol("torch_get_num_threads")
  static native int threads(long result);
}
