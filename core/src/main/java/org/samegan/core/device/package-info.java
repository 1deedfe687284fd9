/**
 * Where to compute: the {@link org.samegan.core.device.CpuBinary native library} that fits the CPU,
 * and the {@link org.samegan.core.device.Device device}. Both are decided before any ND4J class
 * loads.
 */
package org.samegan.core.device;
