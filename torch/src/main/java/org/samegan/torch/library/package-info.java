/**
 * libtorch's stable C interface: its {@link org.samegan.torch.library.LibTorch library} found,
 * bound and checked, tensors as counted {@link org.samegan.torch.library.Handles handles}, and
 * {@link org.samegan.torch.library.Operator operators} called through its dispatcher, by the same
 * calls on every device.
 */
package org.samegan.torch.library;
