package dev.pilot.testkit.store;

import static java.util.Objects.requireNonNull;

import dev.pilot.api.store.ProjectStore;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.testkit.MovableClock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the rules of a store stand on: an empty store per test, with a clock that the test moves. */
abstract class StoreStage {
    /** How long to wait for what happens at once, on a machine that has other things to do. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    final MovableClock clock = MovableClock.create();

    @TempDir
    @SuppressWarnings("NullAway.Init") // given before each test
    Path directory;

    @SuppressWarnings("NullAway.Init") // opened before each test
    ProjectStore store;

    abstract ProjectStore open(Path directory, Clock clock);

    @BeforeEach
    void openStore() {
        store = open(directory, clock);
    }

    @AfterEach
    void closeStore() {
        if (store != null) {
            store.close(); // else it could not be opened, and that is the failure to show
        }
    }

    /** Writes in a unit of its own. */
    final void write(Consumer<StoreUnit> work) {
        store.write("test", unit -> {
            work.accept(unit);
            return true;
        });
    }

    final <T> T read(Function<StoreView, T> work) {
        return store.read(work);
    }

    /** All items of a list, page by page; no page but the last may be short. */
    final <T> List<T> walk(int limit, Function<PageRequest, Page<T>> list) {
        List<T> all = new ArrayList<>();
        PageRequest request = PageRequest.first(limit);
        while (true) {
            Page<T> page = list.apply(request);
            all.addAll(page.items());
            if (page.next() == null) {
                return all;
            }
            if (page.items().size() != limit) {
                throw new AssertionError("a page of " + page.items().size() + " of " + limit + " has a next one");
            }
            request = request.after(requireNonNull(page.next()));
        }
    }
}
