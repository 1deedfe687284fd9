/**
 * What can be known of any SameDiff graph without running it: the {@link
 * org.samegan.core.graph.TopologicalOrder order} of its ops and the {@link
 * org.samegan.core.graph.StaticShapes shapes} of its variables.
 */
package org.samegan.core.graph;
