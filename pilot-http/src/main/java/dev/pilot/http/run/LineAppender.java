package dev.pilot.http.run;

import static java.util.Objects.requireNonNull;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.id.EventId;
import dev.pilot.api.run.Appended;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.value.Created;
import dev.pilot.http.call.Answer;
import dev.pilot.http.call.Operations;
import dev.pilot.wire.route.EventRoutes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Appends one event per line, some hundred at once, while the next ones are read. What comes before a bad line is appended, and whoever
 * sent it is told how far that goes, so that he mends the line and goes on there. For one thread.
 */
final class LineAppender {
    private final Function<List<NewEvent>, CompletionStage<Appended>> useCase;
    private final Runnable mayGoOn;
    private final List<Created<EventId>> answers = new ArrayList<>();
    private @Nullable Sent underWay;
    private int accepted;

    /** Ends the reading; the cause is what the caller is told. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopped(Throwable cause) {
            super(cause.getMessage(), cause, false, false);
        }
    }

    private record Sent(LineBatch batch, CompletionStage<Appended> answer) {}

    /**
     * Makes one.
     *
     * @param useCase appends
     * @param mayGoOn asked before each time, since lines may come for hours; throws a {@link PilotException} if that is the end
     */
    LineAppender(Function<List<NewEvent>, CompletionStage<Appended>> useCase, Runnable mayGoOn) {
        this.useCase = useCase;
        this.mayGoOn = mayGoOn;
    }

    /**
     * Appends all that there is.
     *
     * @return what became of the lines, or why it did not go on to the end and how many lines are done
     */
    Answer append(Lines lines, Function<byte[], NewEvent> reader) {
        try {
            appendAll(lines, reader);
            return Operations.ok(new Appended(answers));
        } catch (Stopped stopped) {
            return new Answer.Refused(
                    requireNonNull(stopped.getCause()), Map.of(EventRoutes.ACCEPTED, Integer.toString(accepted)));
        }
    }

    private void appendAll(Lines lines, Function<byte[], NewEvent> reader) {
        LineBatch batch;
        do {
            batch = LineBatch.read(lines, reader);
            finish();
            if (!batch.events().isEmpty()) {
                underWay = send(batch);
            }
        } while (!batch.isLast());
        finish();
        if (batch.broken() != null) {
            throw new Stopped(batch.broken());
        }
    }

    private Sent send(LineBatch batch) {
        try {
            mayGoOn.run();
        } catch (PilotException over) {
            throw new Stopped(over);
        }
        return new Sent(batch, useCase.apply(batch.events()));
    }

    /** Waits for what was sent last. */
    private void finish() {
        Sent sent = underWay;
        underWay = null;
        if (sent == null) {
            return;
        }
        try {
            add(sent);
        } catch (InvalidInput refused) {
            // All or none of them: so those before the first bad one go alone.
            int good = sent.batch().goodBefore(refused);
            if (good > 0) {
                LineBatch first = sent.batch().first(good);
                try {
                    add(send(first));
                } catch (PilotException failure) {
                    throw new Stopped(failure);
                }
            }
            throw new Stopped(sent.batch().byLine(refused));
        } catch (PilotException failure) {
            throw new Stopped(failure);
        }
    }

    private void add(Sent sent) {
        answers.addAll(outcome(sent.answer()).events());
        accepted = sent.batch().lastLine();
    }

    private static Appended outcome(CompletionStage<Appended> pending) {
        try {
            return pending.toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof PilotException known) {
                throw known;
            }
            throw e;
        }
    }
}
