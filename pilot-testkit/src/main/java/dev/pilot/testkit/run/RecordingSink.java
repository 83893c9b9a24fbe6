package dev.pilot.testkit.run;

import dev.pilot.api.id.ApprovalId;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalStatus;
import dev.pilot.api.run.NewApproval;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.OutputStream;
import dev.pilot.api.run.RunnerSink;
import dev.pilot.api.run.Subject;
import dev.pilot.api.run.ToolAnswer;
import dev.pilot.api.run.ToolCall;
import dev.pilot.api.run.ToolVerdict;
import dev.pilot.api.run.Usage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A sink that keeps all that it is given. Threads may share it. */
public class RecordingSink implements RunnerSink {
    private final Map<OutputStream, ByteArrayOutputStream> outputs = new EnumMap<>(OutputStream.class);
    private final List<NewEvent> events = new CopyOnWriteArrayList<>();
    private final List<NewApproval> questions = new CopyOnWriteArrayList<>();
    private final List<ToolCall> tools = new CopyOnWriteArrayList<>();
    private final AtomicLong calls = new AtomicLong();
    private Usage used = Usage.NONE;
    private String summary = "";

    /** Makes an empty one. */
    public RecordingSink() {
        for (OutputStream stream : OutputStream.values()) {
            outputs.put(stream, new ByteArrayOutputStream());
        }
    }

    @Override
    public void output(OutputStream stream, byte[] bytes) {
        calls.incrementAndGet();
        synchronized (this) {
            of(stream).writeBytes(bytes);
        }
    }

    @Override
    public void event(NewEvent event) {
        calls.incrementAndGet();
        events.add(event);
    }

    @Override
    public synchronized void use(Usage more) {
        calls.incrementAndGet();
        used = used.plus(more);
    }

    /** Every question is approved at once. */
    @Override
    public CompletionStage<Approval> ask(NewApproval question) {
        calls.incrementAndGet();
        questions.add(question);
        Instant now = Instant.EPOCH;
        return CompletableFuture.completedFuture(Approval.builder()
                .id(new ApprovalId("apr_" + questions.size()))
                .subject(new Subject("sink", "questions"))
                .kind(question.kind())
                .risk(question.risk())
                .title(question.title())
                .hash("")
                .payload(question.payload())
                .status(ApprovalStatus.APPROVED)
                .decidedBy("sink")
                .decidedAt(now)
                .effectAt(now)
                .createdAt(now)
                .updatedAt(now)
                .build());
    }

    /** Every tool is allowed. */
    @Override
    public CompletionStage<ToolAnswer> tool(ToolCall call) {
        calls.incrementAndGet();
        tools.add(call);
        return CompletableFuture.completedFuture(new ToolAnswer(ToolVerdict.ALLOWED, "allowed", "", null));
    }

    /**
     * What was asked so far.
     *
     * @return the questions
     */
    public List<NewApproval> questions() {
        return List.copyOf(questions);
    }

    /**
     * Which tools were to be used so far.
     *
     * @return the uses
     */
    public List<ToolCall> tools() {
        return List.copyOf(tools);
    }

    @Override
    public synchronized void summary(String latest) {
        calls.incrementAndGet();
        summary = latest;
    }

    private ByteArrayOutputStream of(OutputStream stream) {
        ByteArrayOutputStream output = outputs.get(stream);
        if (output == null) {
            throw new IllegalStateException("no such stream: " + stream);
        }
        return output;
    }

    /**
     * What was printed so far.
     *
     * @param stream on which output
     * @return all its bytes
     */
    public synchronized byte[] bytes(OutputStream stream) {
        return of(stream).toByteArray();
    }

    /**
     * What was printed so far on standard output.
     *
     * @return the text
     */
    public String text() {
        return new String(bytes(OutputStream.STDOUT), StandardCharsets.UTF_8);
    }

    /**
     * What was reported so far.
     *
     * @return the events, in order
     */
    public List<NewEvent> events() {
        return List.copyOf(events);
    }

    /**
     * What was used so far.
     *
     * @return the sum
     */
    public synchronized Usage used() {
        return used;
    }

    /**
     * What was last said of the result.
     *
     * @return the summary, empty if there was none
     */
    public synchronized String summary() {
        return summary;
    }

    /**
     * How often the sink was called.
     *
     * @return the number of calls
     */
    public long calls() {
        return calls.get();
    }
}
