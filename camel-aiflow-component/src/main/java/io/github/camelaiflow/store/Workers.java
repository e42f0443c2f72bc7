package io.github.camelaiflow.store;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Threads that nobody interrupts. An interrupt while Java writes to a file closes the file, and with it H2's database for all that
 * use it; and a caller need not wait for a disk that hangs.
 */
final class Workers {

    private static final int THREADS = 4;
    private static final int SECONDS = 4 * Timeouts.SECONDS;

    private final ThreadPoolExecutor threads;

    Workers(String name) {
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, Timeouts.SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "aiflow store " + name);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** Does it on another thread; a caller that is interrupted meanwhile is so afterwards. */
    <T> T call(Callable<T> work) throws SQLException {
        Future<T> answer = threads.submit(work);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return answer.get(SECONDS, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (TimeoutException e) {
                    throw new SQLTimeoutException("it took longer than " + SECONDS + " s", "HYT00", e);
                } catch (ExecutionException e) {
                    throw thrown(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static SQLException thrown(Throwable cause) {
        if (cause instanceof SQLException failure) {
            return failure;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        throw cause instanceof RuntimeException exception ? exception : new IllegalStateException(cause);
    }

    /** Ends when what was begun is done. */
    void close() {
        threads.shutdown();
    }
}
