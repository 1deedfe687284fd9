package org.samegan.runs.device;

import org.samegan.core.backend.Backend;
import org.samegan.io.run.Machine;

/**
 * What computes from now on.
 *
 * @param backend what trainers and generators are given
 * @param machine what is recorded of it
 */
public record Computing(Backend backend, Machine machine) {}
