package dev.pilot.bench.queue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.configuration.JobRunrConfiguration;
import org.jobrunr.scheduling.BackgroundJob;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jobrunr.utils.mapper.jackson.JacksonJsonMapper;

/** The same number of jobs through JobRunr. */
public final class JobRunrQueue {
    /** It refuses a shorter one; while there is work it doesn't wait for the next. */
    private static final Duration SHORTEST_POLL = Duration.ofSeconds(5);

    private static volatile CountDownLatch left = new CountDownLatch(0);

    private JobRunrQueue() {}

    /**
     * The job.
     *
     * @param number which one
     */
    public static void nothing(int number) {
        left.countDown();
    }

    static Measured onPostgres(DataSource database, int units, int workers) throws Exception {
        left = new CountDownLatch(units);
        JobRunrConfiguration configuration = JobRunr.configure()
                .useJsonMapper(new JacksonJsonMapper())
                .useStorageProvider(new PostgresStorageProvider(database));
        configuration
                .useBackgroundJobServer(
                        BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                                .andWorkerCount(workers)
                                .andPollInterval(SHORTEST_POLL),
                        false)
                .initialize();
        try {
            long start = System.nanoTime();
            BackgroundJob.enqueue(IntStream.range(0, units).boxed(), number -> nothing(number));
            long enqueued = System.nanoTime();
            JobRunr.getBackgroundJobServer().start();
            if (!left.await(Measured.PATIENCE, TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException("JobRunr has " + left.getCount() + " jobs left");
            }
            Drained.await(database, "select count(*) from jobrunr_jobs where state <> 'SUCCEEDED'");
            return new Measured(units, enqueued - start, System.nanoTime() - enqueued);
        } finally {
            JobRunr.destroy();
        }
    }
}
