/**
 * Where a run computes: which of ND4J and libtorch, on the CPU or a GPU. Start reading at {@link
 * org.samegan.runs.device.ComputeDevice}.
 */
package org.samegan.runs.device;
