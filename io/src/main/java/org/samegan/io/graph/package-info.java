/**
 * SameDiff's FlatBuffers files, written without a copy of the arrays: {@link
 * org.samegan.io.graph.GraphStream} has SameDiff write the graph with arrays of one value, and puts
 * the real ones after it.
 */
package org.samegan.io.graph;
