/**
 * SameDiff graphs compiled for libtorch: ops become operators by {@link
 * org.samegan.torch.execution.OpRules rules} of libtorch's own, and a {@link
 * org.samegan.torch.execution.TorchPlan plan} runs them on tensors that stay on a device.
 */
package org.samegan.torch.execution;
