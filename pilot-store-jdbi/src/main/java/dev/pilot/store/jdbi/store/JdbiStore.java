package dev.pilot.store.jdbi.store;

import static java.util.Objects.requireNonNull;

import dev.pilot.api.run.Appended;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.store.ProjectStore;
import dev.pilot.api.store.StoreInfo;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.value.Registration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** {@link ProjectStore} on an engine that speaks SQL. Threads may share it. */
public final class JdbiStore implements ProjectStore {
    private final Engine engine;
    private final Answers answers = new Answers();
    private final Hints hints = new Hints(answers);
    private final Writer writer;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Begins to write.
     *
     * @param engine what it stands on; closed with this
     */
    public JdbiStore(Engine engine) {
        this.engine = engine;
        this.writer = new Writer(new GroupCommit(engine, answers), hints);
        engine.onForeignCommit(hints::give);
        writer.start();
    }

    @Override
    public <T> T read(Function<? super StoreView, ? extends T> work) {
        refuseInside("read");
        return engine.<T>read(view -> {
            try {
                return work.apply(view);
            } finally {
                view.end();
            }
        });
    }

    @Override
    public <T> T write(String name, Function<? super StoreUnit, ? extends T> work) {
        refuseInside("write");
        CompletableFuture<T> done = new CompletableFuture<>();
        writer.submit(new Work.Unit<T>(name, work, done));
        return await(done);
    }

    private void refuseInside(String what) {
        if (writer.isCurrentThread()) {
            throw new IllegalStateException("a " + what + " inside a write: use the unit that is given");
        }
    }

    /** A unit that has been queued is going to happen: an interrupt doesn't change that, so it waits. */
    private static <T> T await(CompletableFuture<T> done) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return done.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException failed) {
                    throw Rethrown.of(Objects.requireNonNullElse(failed.getCause(), failed));
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public CompletionStage<Appended> append(List<NewEvent> events) {
        refuseInside("append");
        events.forEach(event -> requireNonNull(event.id(), "an event has its id before it reaches the store"));
        CompletableFuture<Appended> done = new CompletableFuture<>();
        writer.submit(new Work.Append(List.copyOf(events), done));
        return done;
    }

    @Override
    public Registration onCommit(Runnable hint) {
        return hints.add(hint);
    }

    @Override
    public StoreInfo info() {
        return engine.info();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            writer.close();
            answers.close();
            engine.close();
        }
    }
}
