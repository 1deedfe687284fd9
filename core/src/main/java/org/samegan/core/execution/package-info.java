/**
 * Runs graphs: {@link org.samegan.core.execution.Plan} compiles a forward-only SameDiff graph once,
 * for static shapes, into a list of native op calls over planned memory, and then runs it as often
 * as asked without allocating.
 *
 * <p>The path of a compilation: {@link org.samegan.core.graph.TopologicalOrder} picks and orders
 * the ops, {@link org.samegan.core.graph.StaticShapes} infers shapes, {@code Lowering} turns each
 * op into one or more {@code Kernel}s on {@code Value}s (choosing the kernels that measure
 * fastest), {@code MemoryPlan} gives values that never live at the same time the same memory, and
 * {@code Plan} binds arrays to prepared native calls.
 */
package org.samegan.core.execution;
