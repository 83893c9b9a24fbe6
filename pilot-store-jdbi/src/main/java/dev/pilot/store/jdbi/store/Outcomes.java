package dev.pilot.store.jdbi.store;

import dev.pilot.api.id.EventId;
import dev.pilot.api.run.Appended;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.value.Created;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What became of the work of one transaction, told once it is durable. */
final class Outcomes {
    private final Engine engine;
    private final Answers answers;
    /** Only a waiting thread hangs on a unit, so it is told at once. */
    private final List<Runnable> units = new ArrayList<>();
    /** Whatever code may hang on an append, so it is told elsewhere. */
    private final List<Runnable> appends = new ArrayList<>();

    Outcomes(Engine engine, Answers answers) {
        this.engine = engine;
        this.answers = answers;
    }

    <T> void answer(Work.Unit<T> unit, T answer) {
        units.add(() -> unit.done().complete(answer));
    }

    void answer(Work.Append append, boolean[] isNew, int start) {
        appends.add(() -> append.done().complete(appended(append.events(), isNew, start)));
    }

    void failure(Work work, Throwable failure) {
        Throwable told = failure instanceof RuntimeException runtime ? engine.translate(runtime) : failure;
        (work instanceof Work.Unit<?> ? units : appends).add(() -> work.done().completeExceptionally(told));
    }

    private static Appended appended(List<NewEvent> events, boolean[] isNew, int start) {
        List<Created<EventId>> answer = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            answer.add(new Created<>(Objects.requireNonNull(events.get(i).id()), isNew[start + i]));
        }
        return new Appended(answer);
    }

    void tell() {
        answers.later(appends);
        units.forEach(Runnable::run);
    }
}
