/**
 * What can be known of any SameDiff graph without running it: the {@link
 * org.samegan.core.graph.TopologicalOrder order} of its ops and the {@link
 * org.samegan.core.graph.StaticShapes shapes} of its variables; and what several packages that emit
 * graphs must say alike, such as the {@link org.samegan.core.graph.Window window} of a convolution.
 */
package org.samegan.core.graph;
