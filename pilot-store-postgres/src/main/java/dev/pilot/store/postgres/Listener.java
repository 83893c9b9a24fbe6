package dev.pilot.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears of the commits of other hubs. What it misses while the database is away, the hub's own slow look finds. */
final class Listener implements AutoCloseable {
    static final String CHANNEL = "pilot_commit";

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final PostgresUrl url;
    private final String hub;
    private final Thread thread;
    private volatile @Nullable Runnable hint;
    private volatile @Nullable Connection connection;
    private volatile boolean closed;

    Listener(PostgresUrl url, String hub) {
        this.url = url;
        this.hub = hub;
        this.thread = new Thread(this::loop, "pilot-store-listener");
        this.thread.setDaemon(true);
    }

    void start(Runnable toBeCalled) {
        hint = toBeCalled;
        thread.start();
    }

    private void loop() {
        boolean warned = false;
        while (!closed) {
            try (Connection open = url.connect()) {
                connection = open;
                try (Statement listen = open.createStatement()) {
                    listen.execute("listen " + CHANNEL);
                }
                warned = false;
                give(); // for what was committed before this listened
                hear(open.unwrap(PGConnection.class));
            } catch (SQLException away) {
                if (!closed && !warned) {
                    LOG.warn("Commits of other hubs are not heard of at once: {}", away.getMessage());
                    warned = true;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private void hear(PGConnection open) throws SQLException {
        while (!closed) {
            PGNotification[] heard = open.getNotifications((int) LOOK.toMillis());
            if (heard != null) {
                for (PGNotification notification : heard) {
                    if (!notification.getParameter().equals(hub)) {
                        give();
                        break;
                    }
                }
            }
        }
    }

    private void give() {
        Runnable toBeCalled = hint;
        if (toBeCalled != null) {
            toBeCalled.run();
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        Connection open = connection;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.debug("the listener's connection could not be closed", e);
            }
        }
        try {
            thread.join(PAUSE.toMillis() * 3);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
