package org.samegan.io.inference;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;

/**
 * A process with a heap of fixed size, so that growth of its resident memory is growth outside the
 * heap. Prints what {@link GeneratorTest} looks for.
 */
public final class GeneratorSoak {
  private static final int THREADS = 8;
  private static final int CALLS = 1000;
  private static final int WARM_UP = 200;
  private static final int LOADS = 80;
  private static final int[] COUNTS = {1, 2, 3, 5, 8, 17, 64, 100};
  private static final int SEEDS = 4;

  private GeneratorSoak() {}

  /** Takes the paths of a small checkpoint for calls, and of a larger one for loading. */
  public static void main(String[] args) throws Exception {
    long before;
    try (Generator generator = Generator.load(Path.of(args[0]))) {
      float[][][] alone = new float[COUNTS.length][SEEDS][];
      for (int i = 0; i < COUNTS.length; i++) {
        for (int seed = 0; seed < SEEDS; seed++) {
          alone[i][seed] = generator.generate(COUNTS[i], seed).toArray();
        }
      }
      CyclicBarrier warm = new CyclicBarrier(THREADS + 1);
      ExecutorService threads = Executors.newFixedThreadPool(THREADS);
      List<Future<Integer>> different =
          IntStream.range(0, THREADS)
              .mapToObj(thread -> threads.submit(() -> calls(generator, alone, thread, warm)))
              .toList();
      warm.await();
      before = resident();
      int wrong = 0;
      for (Future<Integer> thread : different) {
        wrong += thread.get();
      }
      threads.shutdown();
      System.out.printf("calls=%d different=%d%n", THREADS * CALLS, wrong);
      System.out.printf("calls-growth-mib=%d%n", resident() - before);
    }
    for (int i = 0; i < LOADS; i++) {
      if (i == LOADS / 2) {
        before = resident();
      }
      try (Generator generator = Generator.load(Path.of(args[1]))) {
        generator.generate(100, i);
      }
    }
    System.out.printf("loads-growth-mib=%d%n", resident() - before);
  }

  /** The number of calls whose images were not those that were computed alone. */
  private static int calls(Generator generator, float[][][] alone, int thread, CyclicBarrier warm)
      throws Exception {
    Random random = new Random(thread);
    int different = 0;
    for (int call = 0; call < CALLS; call++) {
      if (call == WARM_UP) {
        warm.await();
      }
      int i = random.nextInt(COUNTS.length);
      int seed = random.nextInt(SEEDS);
      if (!Arrays.equals(generator.generate(COUNTS[i], seed).toArray(), alone[i][seed])) {
        different++;
      }
    }
    return different;
  }

  private static long resident() {
    System.gc();
    return Pointer.physicalBytes() >> 20;
  }
}
