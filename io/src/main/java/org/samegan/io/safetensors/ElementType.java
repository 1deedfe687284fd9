package org.samegan.io.safetensors;

import java.nio.ByteBuffer;

/** What a tensor's values are. Those that are numbers with a fraction can be read as floats. */
public enum ElementType {
  /** IEEE 754 double precision; read as the nearest float, ties to even. */
  F64(8),
  /** IEEE 754 single precision. */
  F32(4),
  /** IEEE 754 half precision; every value is a float. */
  F16(2),
  /** The upper half of a float; every value is a float. */
  BF16(2),
  /** Floats of 8 bits, 4 of them exponent. */
  F8_E4M3(1),
  /** Floats of 8 bits, 5 of them exponent. */
  F8_E5M2(1),
  /** Signed 64 bits. */
  I64(8),
  /** Signed 32 bits. */
  I32(4),
  /** Signed 16 bits. */
  I16(2),
  /** Signed 8 bits. */
  I8(1),
  /** Unsigned 64 bits. */
  U64(8),
  /** Unsigned 32 bits. */
  U32(4),
  /** Unsigned 16 bits. */
  U16(2),
  /** Unsigned 8 bits. */
  U8(1),
  /** One byte, 0 or 1. */
  BOOL(1);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** The bytes of one value. */
  int bytes() {
    return bytes;
  }

  /** Whether values can be read as floats. */
  boolean isReadable() {
    return this == F64 || this == F32 || this == F16 || this == BF16;
  }

  /** Takes the next value from a little-endian buffer. */
  float next(ByteBuffer buffer) {
    return switch (this) {
      case F64 -> (float) buffer.getDouble();
      case F32 -> buffer.getFloat();
      case F16 -> half(buffer.getShort());
      case BF16 -> Float.intBitsToFloat(buffer.getShort() << 16);
      default -> throw new IllegalStateException(this + " is not read");
    };
  }

  /** 1 bit sign, 5 exponent with bias 15, 10 fraction. */
  private static float half(short bits) {
    int exponent = (bits >> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    float magnitude =
        switch (exponent) {
          case 0 -> fraction * 0x1p-24f;
          case 0x1f -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
          default -> Float.intBitsToFloat(((exponent + 112) << 23) | (fraction << 13));
        };
    return bits < 0 ? -magnitude : magnitude;
  }
}
