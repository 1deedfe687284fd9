package org.samegan.torch.library;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The name that a native function has in its library. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Symbol {
  /** The name, as C has it. */
  String value();
}
