/**
 * Updates of parameters that stay on a device: core's optimizers, constraints and averages, by
 * libtorch's operators on flat vectors.
 */
package org.samegan.torch.optimizer;
