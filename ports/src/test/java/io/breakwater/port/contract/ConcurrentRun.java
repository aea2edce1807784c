package io.breakwater.port.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Runs the same thing on many threads that all begin at the same moment. */
final class ConcurrentRun {
    private ConcurrentRun() {}

    /** What each of them gave; the first failure fails the test. */
    static <T> List<T> run(int threads, IntFunction<T> work) throws Exception {
        var start = new CyclicBarrier(threads);
        try (var pool = Executors.newFixedThreadPool(threads)) {
            var futures = new ArrayList<Future<T>>();
            for (var thread = 0; thread < threads; thread++) {
                futures.add(pool.submit(task(start, work, thread)));
            }
            var results = new ArrayList<T>();
            for (var future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }

    private static <T> Callable<T> task(CyclicBarrier start, IntFunction<T> work, int thread) {
        return () -> {
            start.await();
            return work.apply(thread);
        };
    }
}
