/**
 * Where tensors live and how exactly is computed with them: {@link
 * org.samegan.torch.device.TorchDevice devices}, {@link org.samegan.torch.device.DeviceTensor
 * tensors} that stay on one, and {@link org.samegan.torch.device.Precision precision}.
 */
package org.samegan.torch.device;
