package dev.pilot.runner.process.run;

import dev.pilot.api.access.SecretRedactor;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Level;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.RunnerSink;
import dev.pilot.api.run.Subject;
import dev.pilot.api.run.Usage;
import dev.pilot.api.value.Json;
import dev.pilot.wire.WireCodec;
import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What commands report in JSON lines; every other line is just text.
 *
 * <ul>
 *   <li>{@code usage}: {@code inputTokens}, {@code outputTokens}, {@code costMicros} or {@code costUsd}, {@code toolCalls}, each since
 *       the last such line
 *   <li>{@code note} (or {@code event}), {@code log}, {@code error}, {@code tool}: {@code title}, {@code message}, {@code level},
 *       {@code data}
 *   <li>{@code result}: {@code summary}
 *   <li>What widespread agent programs print: a {@code result} with {@code result}, {@code usage} or {@code stats}, and
 *       {@code total_cost_usd}; {@code turn.completed} with {@code usage}; {@code assistant} messages, whose tool calls are counted
 * </ul>
 *
 * Names may also be written with underscores. The lines are redacted like all output, and their strings once more when decoded, since an
 * escape can hide a secret.
 */
final class Reports {
    /** Types of events that a command may write; others are the hub's own, by which it explains a run's states. */
    private static final Set<String> EVENTS = Set.of("note", "event", "log", "error", "tool");

    private static final int MAX_TITLE = 500;
    private static final int MAX_TEXT = 20_000;
    private static final int MAX_DATA = 65_536;

    private final RunId run;
    private final SecretRedactor redactor;
    private final RunnerSink sink;
    /** Agent programs report their total cost, again and again; the sink is told what is new. */
    private long totalCostMicros;

    Reports(RunId run, SecretRedactor redactor, RunnerSink sink) {
        this.run = run;
        this.redactor = redactor;
        this.sink = sink;
    }

    void read(String line) {
        Json.Obj report = parse(line);
        String type = report == null ? null : report.text("type");
        if (report == null || type == null) {
            return;
        }
        Json.Obj redacted = redactor.redact(report);
        if (EVENTS.contains(type)) {
            sink.event(event(type.equals("event") ? "note" : type, redacted));
        } else if (type.equals("usage")) {
            use(redacted, cost(redacted));
        } else if (type.equals("result") || type.equals("turn.completed")) {
            result(redacted);
        } else if (type.equals("assistant")) {
            countTools(redacted);
        }
    }

    private static Json.@Nullable Obj parse(String line) {
        try {
            return WireCodec.parse(line) instanceof Json.Obj obj ? obj : null;
        } catch (PilotException notJson) {
            return null; // the line is text, which the output has
        }
    }

    private NewEvent event(String type, Json.Obj report) {
        String message = firstOf(report, "message", "text", "msg");
        String title = firstOf(report, "title");
        return NewEvent.builder(Subject.run(run))
                .runId(run)
                .type(type)
                .level(level(report.text("level"), type))
                .title(cut(title.isBlank() ? firstLine(message, type) : title, MAX_TITLE))
                .message(cut(message, MAX_TEXT))
                .data(data(report))
                .build();
    }

    private static Level level(@Nullable String name, String type) {
        String known = name == null ? type : name;
        return switch (known) {
            case "debug", "trace" -> Level.DEBUG;
            case "warn", "warning" -> Level.WARN;
            case "error", "fatal", "critical" -> Level.ERROR;
            default -> Level.INFO;
        };
    }

    private static Json.Obj data(Json.Obj report) {
        if (!(report.get("data") instanceof Json.Obj data)) {
            return Json.object();
        }
        return data.toString().length() <= MAX_DATA ? data : Json.object("omitted", "too long");
    }

    private void result(Json.Obj report) {
        String summary = firstOf(report, "summary", "result");
        if (!summary.isEmpty()) {
            sink.summary(cut(summary, MAX_TEXT));
        }
        Json usage = report.get("usage") instanceof Json.Obj ? report.get("usage") : report.get("stats");
        long total = Math.max(totalCostMicros, micros(report.get("total_cost_usd")));
        use(usage instanceof Json.Obj obj ? obj : Json.object(), total - totalCostMicros);
        totalCostMicros = total;
    }

    private void use(Json.Obj report, long costMicros) {
        long input = count(report, "inputTokens", "input_tokens")
                + count(report, "cacheCreationInputTokens", "cache_creation_input_tokens")
                + count(report, "cacheReadInputTokens", "cache_read_input_tokens");
        long output = count(report, "outputTokens", "output_tokens");
        use(new Usage(0, input, output, costMicros, count(report, "toolCalls", "tool_calls"), 0, 0, 0));
    }

    private void countTools(Json.Obj report) {
        if (report.get("message") instanceof Json.Obj message && message.get("content") instanceof Json.Arr content) {
            long calls = content.items().stream()
                    .filter(item -> item instanceof Json.Obj block && "tool_use".equals(block.text("type")))
                    .count();
            use(new Usage(0, 0, 0, 0, calls, 0, 0, 0));
        }
    }

    private void use(Usage used) {
        if (!used.equals(Usage.NONE)) {
            sink.use(used);
        }
    }

    private static long cost(Json.Obj report) {
        long micros = count(report, "costMicros", "cost_micros");
        return micros > 0 ? micros : Math.max(micros(report.get("costUsd")), micros(report.get("cost_usd")));
    }

    private static long micros(@Nullable Json dollars) {
        return dollars instanceof Json.Num num ? within(num.value().multiply(BigDecimal.valueOf(1_000_000))) : 0;
    }

    private static long count(Json.Obj report, String name, String otherName) {
        Json value = report.get(name) == null ? report.get(otherName) : report.get(name);
        return value instanceof Json.Num num ? within(num.value()) : 0;
    }

    /** A command's figures are claims: nothing negative, nothing that would overflow a sum. */
    private static long within(BigDecimal value) {
        BigDecimal most = BigDecimal.valueOf(1_000_000_000_000_000L);
        return value.signum() <= 0 ? 0 : value.min(most).longValue();
    }

    private static String firstOf(Json.Obj report, String... names) {
        for (String name : names) {
            String text = report.text(name);
            if (text != null) {
                return text;
            }
        }
        return "";
    }

    private static String firstLine(String text, String otherwise) {
        return text.strip().lines().findFirst().orElse(otherwise);
    }

    /** Cuts between characters, never inside one. */
    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
        return text.substring(0, end) + "…";
    }
}
