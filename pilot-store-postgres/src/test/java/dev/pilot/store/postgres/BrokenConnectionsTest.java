package dev.pilot.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilot.api.error.Unavailable;
import dev.pilot.api.id.EventId;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.Subject;
import dev.pilot.api.store.ProjectStore;
import dev.pilot.api.store.StoreConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that the server ends, as a restart, a fail-over or a firewall does: callers need not know. */
class BrokenConnectionsTest {
    private static final String END_ALL = "select pg_terminate_backend(pid, 30000) from pg_stat_activity"
            + " where datname = current_database() and pid <> pg_backend_pid()";

    @TempDir
    @SuppressWarnings("NullAway.Init") // given before each test
    Path directory;

    @SuppressWarnings("NullAway.Init") // made before each test
    private ProjectStore store;

    @BeforeEach
    void open() {
        store = new PostgresStoreProvider()
                .open(new StoreConfig(PostgresServer.url(directory), directory, Clock.systemUTC()));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aReadThatLosesItsConnectionReadsAgain() {
        append("one").join();
        AtomicInteger reads = new AtomicInteger();

        int found = store.read(view -> {
            if (reads.incrementAndGet() == 1) {
                endAllConnections();
            }
            return view.events().after(0, EventFilter.ALL, 10).size();
        });

        assertThat(found).isEqualTo(1);
        assertThat(reads).hasValue(2);
    }

    @Test
    void aUnitWhoseConnectionIsIdleGoesOn() {
        append("one").join();
        endAllConnections();

        append("two").join();

        assertThat(events()).containsExactly("one", "two");
    }

    @Test
    void aUnitThatLosesItsConnectionHappensOnce() {
        AtomicInteger runs = new AtomicInteger();

        store.write("lost", unit -> {
            unit.events().append(List.of(event("first")));
            if (runs.incrementAndGet() == 1) {
                endAllConnections();
            }
            return unit.events().append(List.of(event("second")));
        });

        assertThat(runs).hasValue(2);
        assertThat(events()).containsExactly("first", "second");
    }

    @Test
    void aGroupThatLosesItsConnectionHappensOnce() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger runs = new AtomicInteger();
        CompletableFuture<Object> holding = CompletableFuture.supplyAsync(() -> store.write("holding", unit -> {
            begun.countDown();
            await(go);
            return true;
        }));
        begun.await();
        CompletableFuture<?> one = append("one");
        CompletableFuture<?> two = append("two");
        CompletableFuture<Object> losing = CompletableFuture.supplyAsync(() -> store.write("losing", unit -> {
            if (runs.incrementAndGet() == 1) {
                endAllConnections();
            }
            return unit.events().append(List.of(event("three")));
        }));

        go.countDown();
        CompletableFuture.allOf(holding, one, two, losing).get(1, TimeUnit.MINUTES);

        assertThat(runs).hasValue(2);
        assertThat(events()).containsExactlyInAnyOrder("one", "two", "three");
    }

    @Test
    void aUnitThatLosesEachConnectionIsToldSoInTheEnd() {
        AtomicInteger runs = new AtomicInteger();

        assertThatThrownBy(() -> store.write("losing", unit -> {
                    runs.incrementAndGet();
                    endAllConnections();
                    return unit.events().append(List.of(event("never")));
                }))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("can't be reached");

        assertThat(runs).hasValueBetween(2, 10);
        assertThat(events()).isEmpty();
    }

    private CompletableFuture<?> append(String id) {
        return store.append(List.of(event(id))).toCompletableFuture();
    }

    private List<String> events() {
        List<Event> all = store.read(view -> view.events().after(0, EventFilter.ALL, 100));
        return all.stream().map(event -> event.id().value()).toList();
    }

    private void endAllConnections() {
        PostgresServer.sql(PostgresServer.url(directory), END_ALL);
    }

    private static NewEvent event(String id) {
        return NewEvent.builder(new Subject("test", "broken"))
                .id(new EventId(id))
                .build();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
