package org.samegan.torch.execution;

/** How one of SameDiff's ops is computed by libtorch's operators. */
@FunctionalInterface
interface OpRule {
  /**
   * Emits it, and sets those of its results that are needed.
   *
   * @throws IllegalArgumentException for arguments that the rule doesn't know
   */
  void emit(LoweredOp op);
}
