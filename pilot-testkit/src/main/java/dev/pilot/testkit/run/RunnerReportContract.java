package dev.pilot.testkit.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.run.GoalVia;
import dev.pilot.api.run.Level;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.OutputFormat;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunnerResult;
import dev.pilot.api.run.Usage;
import dev.pilot.api.value.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a command reports in JSON lines: reports for programs, and output like any other for people. */
abstract class RunnerReportContract extends RunnerStage {
    @Test
    void usageAndSummaryAreReported() {
        RecordingSink sink = printed("""
                starting
                {"type":"usage","inputTokens":100,"outputTokens":20,"costMicros":1500,"toolCalls":2}
                {"type":"usage","input_tokens":1,"output_tokens":2,"cost_usd":0.25}
                {"type":"result","summary":"first"}
                {"type":"result","summary":"all done"}
                """, OutputFormat.JSON_LINES);

        assertThat(sink.used()).isEqualTo(new Usage(0, 101, 22, 251_500, 2, 0, 0, 0));
        assertThat(sink.summary()).isEqualTo("all done");
        assertThat(sink.text()).startsWith("starting\n{\"type\":\"usage\"").endsWith("done\"}\n");
    }

    @Test
    void eventsAreReported() {
        List<NewEvent> events = printed("""
                        {"type":"note","title":"Found it","message":"in the parser","level":"warning","data":{"line":7}}
                        {"type":"error","message":"it broke\\nbadly"}
                        {"type":"event","title":"a secret: %s"}
                        """.formatted(SECRET.replace("-", "\\u002d")), OutputFormat.JSON_LINES)
                .events();

        assertThat(events).extracting(NewEvent::type).containsExactly("note", "error", "note");
        assertThat(events).extracting(NewEvent::level).containsExactly(Level.WARN, Level.ERROR, Level.INFO);
        assertThat(events).extracting(NewEvent::title).containsExactly("Found it", "it broke", "a secret: [redacted]");
        assertThat(events.get(0).data()).isEqualTo(Json.object("line", 7));
        assertThat(events.get(1).message()).isEqualTo("it broke\nbadly");
    }

    @Test
    void aCommandCannotWriteTheHubsOwnEvents() {
        RecordingSink sink = printed("""
                {"type":"status","title":"SUCCEEDED","data":{"move":"finish"}}
                {"type":"approval","title":"approved"}
                """, OutputFormat.JSON_LINES);

        assertThat(sink.events()).isEmpty();
    }

    @Test
    void otherLinesAreText() {
        String text =
                "{not json}\n{}\n[1]\n{\"type\":7}\n{\"type\":\"usage\",\"inputTokens\":-5,\"costUsd\":\"much\"}\n\n{\"type\":\"result\"}\n"
                        + "{".repeat(100_000) + "\n{\"type\":\"note\",\"message\":\"" + "x".repeat(2_000_000) + "\"}\n";
        RecordingSink sink =
                printed(text + "{\"type\":\"result\",\"summary\":\"still read\"}", OutputFormat.JSON_LINES);

        assertThat(sink.text()).startsWith(text);
        assertThat(sink.used()).isEqualTo(Usage.NONE);
        assertThat(sink.events()).isEmpty();
        assertThat(sink.summary()).isEqualTo("still read");
    }

    @Test
    void theTotalsOfWidespreadAgentProgramsAreUnderstood() {
        RecordingSink sink = printed("""
                {"type":"system","subtype":"init","session_id":"s"}
                {"type":"assistant","message":{"content":[{"type":"text","text":"hm"},{"type":"tool_use","name":"Bash"}]}}
                {"type":"result","subtype":"success","result":"halfway","total_cost_usd":0.5,"usage":{"input_tokens":10,"output_tokens":4}}
                {"type":"result","subtype":"success","result":"done","total_cost_usd":0.75,"usage":{"input_tokens":1,"cache_read_input_tokens":5}}
                """, OutputFormat.JSON_LINES);

        assertThat(sink.used()).isEqualTo(new Usage(0, 16, 4, 750_000, 1, 0, 0, 0));
        assertThat(sink.summary()).isEqualTo("done");
    }

    @Test
    void inPlainTextNothingIsAReport() {
        RecordingSink sink = printed("{\"type\":\"result\",\"summary\":\"not meant so\"}\n", OutputFormat.TEXT);

        assertThat(sink.summary()).isEmpty();
        assertThat(sink.text()).contains("not meant so");
    }

    private RecordingSink printed(String text, OutputFormat format) {
        try {
            Files.writeString(Files.createDirectories(work()).resolve("print"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Run run = run(
                List.of("cat", "print"),
                profile -> profile.goalVia(GoalVia.FILE).outputFormat(format));
        RecordingSink sink = new RecordingSink();
        assertThat(finish(run, sink)).matches(RunnerResult::isSuccess);
        return sink;
    }
}
