package dev.pilot.http.run;

import dev.pilot.api.error.FieldError;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.run.NewEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Events of some lines, in their order.
 *
 * @param events the events up to the end or the first bad line
 * @param lines the line of each event, from 1
 * @param isLast whether nothing can follow: the body ended or is broken
 * @param broken why reading stopped before the end, or null
 */
record LineBatch(
        List<NewEvent> events,
        List<Integer> lines,
        boolean isLast,
        @Nullable Throwable broken) {
    private static final int AT_ONCE = 500;
    private static final Pattern EVENT = Pattern.compile("events\\[(\\d{1,9})](.*)");

    static LineBatch read(Lines in, Function<byte[], NewEvent> reader) {
        List<NewEvent> events = new ArrayList<>();
        List<Integer> lines = new ArrayList<>();
        try {
            for (byte[] line = in.next(); line != null; line = in.next()) {
                events.add(event(line, in.count(), reader));
                lines.add(in.count());
                if (events.size() == AT_ONCE) {
                    return new LineBatch(events, lines, false, null);
                }
            }
            return new LineBatch(events, lines, true, null);
        } catch (IOException | RuntimeException broken) {
            return new LineBatch(events, lines, true, broken);
        }
    }

    private static NewEvent event(byte[] line, int number, Function<byte[], NewEvent> reader) {
        try {
            return reader.apply(line);
        } catch (InvalidInput e) {
            throw new InvalidInput(
                    e.code(),
                    e.fields().stream()
                            .map(error -> new FieldError("lines[" + number + "]." + error.field(), error.problem()))
                            .toList());
        }
    }

    /** The last line that is done with when all of it is. */
    int lastLine() {
        return lines.get(lines.size() - 1);
    }

    /** How many events come before the first that the use-case blames; 0 if it blames no event. */
    int goodBefore(InvalidInput refused) {
        return refused.fields().stream()
                .map(error -> EVENT.matcher(error.field()))
                .filter(Matcher::matches)
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .filter(index -> index < events.size())
                .min()
                .orElse(0);
    }

    /** The first events. */
    LineBatch first(int count) {
        return new LineBatch(events.subList(0, count), lines.subList(0, count), true, null);
    }

    /** The same error, but it names lines. */
    InvalidInput byLine(InvalidInput refused) {
        return new InvalidInput(
                refused.code(), refused.fields().stream().map(this::byLine).toList());
    }

    private FieldError byLine(FieldError error) {
        Matcher found = EVENT.matcher(error.field());
        if (!found.matches() || Integer.parseInt(found.group(1)) >= lines.size()) {
            return error;
        }
        return new FieldError(
                "lines[" + lines.get(Integer.parseInt(found.group(1))) + "]" + found.group(2), error.problem());
    }
}
