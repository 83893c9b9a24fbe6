package dev.pilot.runner.process.run;

import dev.pilot.api.run.OutputStream;
import dev.pilot.api.run.RunnerSink;
import dev.pilot.runner.process.child.ChildOutput;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Passes output on as it is, and reads the lines of standard output as reports besides. */
final class ReportingOutput implements ChildOutput {
    /** Longer lines are text: no report is that long, and memory is bounded. */
    static final int MAX_LINE = 1 << 20;

    private final RunnerSink sink;
    private final Reports reports;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean tooLong;

    ReportingOutput(RunnerSink sink, Reports reports) {
        this.sink = sink;
        this.reports = reports;
    }

    @Override
    public void accept(OutputStream stream, byte[] bytes) {
        sink.output(stream, bytes);
        if (stream == OutputStream.STDOUT) {
            split(bytes);
        }
    }

    @Override
    public void ended(OutputStream stream) {
        if (stream == OutputStream.STDOUT) {
            endLine();
        }
    }

    private void split(byte[] bytes) {
        int from = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                append(bytes, from, at);
                endLine();
                from = at + 1;
            }
        }
        append(bytes, from, bytes.length);
    }

    private void append(byte[] bytes, int from, int to) {
        tooLong |= line.size() + to - from > MAX_LINE;
        if (!tooLong) {
            line.write(bytes, from, to - from);
        }
    }

    private void endLine() {
        String text = tooLong ? "" : line.toString(StandardCharsets.UTF_8).strip();
        line.reset();
        tooLong = false;
        if (text.startsWith("{")) {
            reports.read(text);
        }
    }
}
