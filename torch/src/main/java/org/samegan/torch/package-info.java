/**
 * The backend that computes with libtorch, on CPUs and GPUs: {@link
 * org.samegan.torch.TorchBackend}.
 */
package org.samegan.torch;
