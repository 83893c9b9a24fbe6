package dev.pilot.store.jdbi.store;

import dev.pilot.api.run.NewEvent;
import dev.pilot.api.store.StaleWrite;
import dev.pilot.store.jdbi.Bounds;
import dev.pilot.store.jdbi.Dialect;
import dev.pilot.store.jdbi.RowStatement;
import dev.pilot.store.jdbi.run.EventTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does a group of work in one transaction and commits once. A unit has a savepoint of its own, so that one that fails harms no other;
 * appends that wait side by side are one batch. Where the whole transaction fails, it is tried again if the failure may pass, as that of
 * a connection that broke does; else each piece of work is tried by itself, so that only the one at fault does. Only for the writer's
 * thread.
 */
final class GroupCommit {
    /** So many rows or units are enough for the commit to cost next to nothing; more would only keep callers waiting. */
    static final int MOST_AT_ONCE = 4_096;

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    /** After so long, what waits gets the next transaction. */
    private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int MOST_TRIES = 5;

    /** So many units of a JVM that has just started load classes; how long they take says nothing. */
    private static final int FIRST = 20;

    private final Engine engine;
    private final WriteSession session;
    private final Answers answers;
    private final Dialect dialect = new Writing();
    private boolean appended;
    private long units;

    GroupCommit(Engine engine, Answers answers) {
        this.engine = engine;
        this.session = engine.writing();
        this.answers = answers;
    }

    /** What units write with. */
    private final class Writing implements Dialect {
        @Override
        public String firstOfEach(String table, String columns, String values, String rows) {
            return engine.syntax().firstOfEach(table, columns, values, rows);
        }

        @Override
        public long positions(Handle handle, int count) {
            long last = session.lastPosition();
            session.lastPosition(last + count);
            appended = true;
            return last + 1;
        }

        @Override
        public boolean[] write(RowStatement statement, List<@Nullable Object[]> rows) {
            return session.write(statement, rows);
        }
    }

    /** Whether events were appended since this was last asked. */
    boolean appended() {
        boolean answer = appended;
        appended = false;
        return answer;
    }

    /**
     * Does it all, commits, answers.
     *
     * @param first what to do
     * @param more what else waits, or null
     * @return what was done, and answered, however it went
     */
    List<Work> run(Work first, Supplier<@Nullable Work> more) {
        List<Work> group = new ArrayList<>();
        group.add(first);
        attempt(group, more, 1);
        return group;
    }

    private void attempt(List<Work> group, Supplier<@Nullable Work> more, int tries) {
        Outcomes outcomes = new Outcomes(engine, answers);
        try {
            session.begin();
            together(group, more, outcomes);
            session.commit();
        } catch (Throwable failure) { // even a checked one, which other languages throw undeclared
            session.rollback();
            afterFailure(group, failure, tries);
            return;
        }
        outcomes.tell();
    }

    private void afterFailure(List<Work> group, Throwable failure, int tries) {
        if (isPassing(failure) && tries < MOST_TRIES) {
            attempt(group, () -> null, tries + 1);
        } else if (group.size() > 1 && !engine.isEverybodys(failure)) {
            group.forEach(work -> run(work, () -> null));
        } else {
            Outcomes failed = new Outcomes(engine, answers);
            group.forEach(work -> failed.failure(work, failure));
            failed.tell();
        }
    }

    private boolean isPassing(Throwable failure) {
        return failure instanceof StaleWrite || engine.isPassing(failure);
    }

    private void together(List<Work> group, Supplier<@Nullable Work> more, Outcomes outcomes) {
        boolean alone = group.size() == 1 && next(group, more) == null;
        if (alone && group.get(0) instanceof Work.Unit<?> unit) {
            alone(unit, outcomes);
            return;
        }
        long end = System.nanoTime() + LONG_NANOS;
        int weight = 0;
        List<Work.Append> appends = new ArrayList<>();
        for (int i = 0; i < group.size(); i++) {
            Work work = group.get(i);
            weight += work.weight();
            if (work instanceof Work.Append append) {
                appends.add(append);
            } else {
                append(appends, outcomes);
                unit((Work.Unit<?>) work, outcomes);
            }
            if (i + 1 == group.size() && weight < MOST_AT_ONCE && System.nanoTime() < end) {
                next(group, more);
            }
        }
        append(appends, outcomes);
    }

    /** Takes one more into the group, if there is one. */
    private static @Nullable Work next(List<Work> group, Supplier<@Nullable Work> more) {
        Work next = more.get();
        if (next != null) {
            group.add(next);
        }
        return next;
    }

    /** Without a savepoint: if it fails, the transaction does. */
    private <T> void alone(Work.Unit<T> unit, Outcomes outcomes) {
        outcomes.answer(unit, apply(unit));
    }

    private <T> void unit(Work.Unit<T> unit, Outcomes outcomes) {
        for (int tries = 1; ; tries++) {
            session.savepoint();
            long position = session.lastPosition();
            try {
                T answer = apply(unit);
                session.release();
                outcomes.answer(unit, answer);
                return;
            } catch (Throwable failure) { // even a checked one, which other languages throw undeclared
                undo(failure);
                session.lastPosition(position);
                if (!isPassing(failure) || tries >= MOST_TRIES) {
                    outcomes.failure(unit, failure);
                    return;
                }
            }
        }
    }

    /** Back to before the unit. Where that can't be, the engine has ended the transaction because of this failure. */
    private void undo(Throwable failure) {
        try {
            session.undo();
        } catch (RuntimeException gone) {
            failure.addSuppressed(gone);
            throw Rethrown.of(failure);
        }
    }

    private <T> T apply(Work.Unit<T> unit) {
        long start = System.nanoTime();
        JdbiUnit given = new JdbiUnit(session.handle(), dialect, session::now);
        try {
            return unit.work().apply(given);
        } finally {
            given.end();
            long took = System.nanoTime() - start;
            units++;
            if (took > SLOW_NANOS && units > FIRST) {
                LOG.warn("{} kept every writer waiting for {} ms.", unit.name(), TimeUnit.NANOSECONDS.toMillis(took));
            }
        }
    }

    /** One batch for all; if it fails, the whole transaction does, and each is tried by itself. */
    private void append(List<Work.Append> appends, Outcomes outcomes) {
        if (appends.isEmpty()) {
            return;
        }
        List<NewEvent> events = new ArrayList<>();
        appends.forEach(append -> events.addAll(append.events()));
        boolean[] isNew = new EventTable(session.handle(), Bounds.NONE, dialect, session::now).insert(events);
        int start = 0;
        for (Work.Append append : appends) {
            outcomes.answer(append, isNew, start);
            start += append.events().size();
        }
        appends.clear();
    }
}
