package dev.pilot.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.pilot.api.store.StoreConfig;
import dev.pilot.api.store.StoreInfo;
import dev.pilot.store.jdbi.Syntax;
import dev.pilot.store.jdbi.store.Engine;
import dev.pilot.store.jdbi.store.JdbiUnit;
import dev.pilot.store.jdbi.store.WriteSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One database: the connection that writes to it for this hub, a pool of those that read, and one that listens for other hubs. */
final class PostgresEngine implements Engine {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresEngine.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int READERS = Math.max(8, 2 * Runtime.getRuntime().availableProcessors());

    private final PostgresTime time;
    private final HikariDataSource pool;
    /** One for all reads: it remembers how statements are parsed and rows mapped. */
    private final Jdbi jdbi;

    private final PostgresSession writing;
    private final Listener listener;
    private final StoreInfo info;

    private PostgresEngine(PostgresUrl url, Clock clock, HikariDataSource pool) {
        this.time = new PostgresTime(clock);
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
        this.info = PostgresMeta.read(pool, url);
        String hub = UUID.randomUUID().toString();
        this.writing = new PostgresSession(url, time, hub);
        this.listener = new Listener(url, hub);
    }

    static PostgresEngine open(StoreConfig config) {
        PostgresUrl url = PostgresUrl.of(config.url());
        PostgresSchema.migrate(url);
        HikariDataSource pool = pool(url);
        try {
            return new PostgresEngine(url, config.clock(), pool);
        } catch (RuntimeException failure) {
            pool.close();
            throw PostgresErrors.translate(failure);
        }
    }

    private static HikariDataSource pool(PostgresUrl url) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("pilot-store-readers");
        config.setJdbcUrl(url.url());
        config.setDataSourceProperties(url.defaults());
        config.setMaximumPoolSize(READERS);
        config.setMinimumIdle(1);
        config.setReadOnly(true);
        config.setAutoCommit(false);
        config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        config.setConnectionTimeout(PATIENCE.toMillis());
        return new HikariDataSource(config);
    }

    @Override
    public Syntax syntax() {
        return PostgresSyntax.ONE;
    }

    @Override
    public WriteSession writing() {
        return writing;
    }

    /** What the pool holds may have broken while it was idle, all of it if the server was restarted: then once more on a new connection. */
    @Override
    public <T> T read(Function<? super JdbiUnit, ? extends T> work) {
        try {
            return view(work);
        } catch (RuntimeException failure) {
            if (!PostgresErrors.isPassing(failure)) {
                throw PostgresErrors.translate(failure);
            }
            LOG.debug("a reader's connection broke; it reads again", failure);
            pool.getHikariPoolMXBean().softEvictConnections();
        }
        try {
            return view(work);
        } catch (RuntimeException failure) {
            throw PostgresErrors.translate(failure);
        }
    }

    private <T> T view(Function<? super JdbiUnit, ? extends T> work) {
        try (Handle handle = jdbi.open()) {
            Connection connection = handle.getConnection();
            try {
                return work.apply(JdbiUnit.view(handle, PostgresSyntax.ONE, () -> time.now(connection)));
            } finally {
                end(connection);
            }
        }
    }

    /** Ends the snapshot; there is nothing to undo. */
    private static void end(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException broken) {
            LOG.debug("a reader's connection broke", broken);
        }
    }

    @Override
    public RuntimeException translate(RuntimeException failure) {
        return PostgresErrors.translate(failure);
    }

    @Override
    public boolean isEverybodys(Throwable failure) {
        return PostgresErrors.isConnection(failure);
    }

    @Override
    public boolean isPassing(Throwable failure) {
        return PostgresErrors.isPassing(failure);
    }

    @Override
    public StoreInfo info() {
        return info;
    }

    @Override
    public void onForeignCommit(Runnable hint) {
        listener.start(hint);
    }

    @Override
    public void close() {
        listener.close();
        writing.close();
        pool.close();
    }
}
