package dev.pilot.client.run;

import dev.pilot.api.run.Appended;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.Artifact;
import dev.pilot.api.run.Assignment;
import dev.pilot.api.run.ClaimRequest;
import dev.pilot.api.run.FinishRun;
import dev.pilot.api.run.HeartbeatAnswer;
import dev.pilot.api.run.HeartbeatRequest;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.NewApproval;
import dev.pilot.api.run.NewArtifact;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.OutputStream;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.ToolAnswer;
import dev.pilot.api.run.ToolCall;
import dev.pilot.api.run.Usage;
import dev.pilot.api.run.UsageReceipt;
import dev.pilot.api.run.UsageReport;
import dev.pilot.api.run.WorkQueue;
import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Page;
import dev.pilot.client.call.Connection;
import dev.pilot.client.call.Request;
import dev.pilot.wire.WireCodec;
import dev.pilot.wire.route.WorkRoutes;
import dev.pilot.wire.run.Known;
import dev.pilot.wire.run.Leases;
import dev.pilot.wire.run.OutputSize;
import dev.pilot.wire.run.Published;
import dev.pilot.wire.run.Reports;
import dev.pilot.wire.run.Started;
import dev.pilot.wire.run.UsageReports;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@link WorkQueue} of a hub elsewhere. */
public final class RemoteWorkQueue implements WorkQueue {
    /** What an answer may take beyond the time that a claim waits anyway. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    /** In bytes; percent-encoded it is at most three times as long, which every server takes. */
    private static final int LONGEST_IN_QUERY = 1_000;

    /** A large repository takes the hub a while. */
    private static final Duration BUNDLES = Duration.ofMinutes(10);

    private final Connection connection;
    private final AppendPipeline appends;

    /**
     * Makes it.
     *
     * @param connection to the hub
     */
    public RemoteWorkQueue(Connection connection) {
        this.connection = connection;
        this.appends = new AppendPipeline(connection);
    }

    @Override
    public CompletionStage<List<Assignment>> claim(ClaimRequest request) {
        CompletableFuture<Page<Assignment>> asked = connection
                .later(Request.to(WorkRoutes.CLAIM, request)
                        .patience(request.waitFor().plus(GRACE)))
                .toCompletableFuture();
        CompletableFuture<List<Assignment>> answer = asked.thenApply(Page::items);
        CompletableFuture<List<Assignment>> unused = answer.whenComplete((claimed, failure) -> {
            if (answer.isCancelled()) {
                asked.cancel(false);
            }
        });
        return answer;
    }

    @Override
    public HeartbeatAnswer heartbeat(HeartbeatRequest request) {
        // One that takes longer than till the next is no use.
        return connection.call(Request.to(WorkRoutes.HEARTBEAT, request)
                .patience(request.lease().dividedBy(3))
                .repeatable());
    }

    @Override
    public Run started(Lease lease, String branch, String baseCommit) {
        return connection.call(Request.to(WorkRoutes.STARTED, new Started(branch, baseCommit), lease.runId())
                .under(lease));
    }

    @Override
    public InputStream base(Lease lease, List<String> known) {
        return connection.stream(Request.to(WorkRoutes.BASE, new Known(known), lease.runId())
                .under(lease)
                .patience(BUNDLES)
                .repeatable());
    }

    @Override
    public String publish(Lease lease, InputStream bundle) {
        Published published =
                connection.call(Request.to(WorkRoutes.PUBLISH, bundle, "application/x-git-bundle", lease.runId())
                        .under(lease)
                        .patience(BUNDLES));
        return published.commit();
    }

    @Override
    public Run gates(Lease lease) {
        return connection.call(Request.to(WorkRoutes.GATES, lease.runId()).under(lease));
    }

    @Override
    public Approval ask(Lease lease, NewApproval question) {
        return connection.call(
                Request.to(WorkRoutes.ASK, question, lease.runId()).under(lease));
    }

    @Override
    public ToolAnswer tool(Lease lease, ToolCall call) {
        return connection.call(Request.to(WorkRoutes.TOOL, call, lease.runId()).under(lease));
    }

    @Override
    public CompletionStage<Appended> append(Lease lease, List<NewEvent> events) {
        return appends.append(lease, events);
    }

    @Override
    public long output(Lease lease, OutputStream stream, long offset, byte[] bytes) {
        OutputSize now = connection.call(Request.to(WorkRoutes.OUTPUT, bytes, "application/octet-stream", lease.runId())
                .query("stream", stream)
                .query("offset", offset)
                .under(lease)
                .repeatable());
        return now.size();
    }

    /** What describes the artifact travels in the query, or before the bytes where it is too long for that. */
    @Override
    public Artifact keep(Lease lease, NewArtifact artifact, byte[] bytes) {
        byte[] data = WireCodec.write(artifact.data());
        boolean inQuery = data.length <= LONGEST_IN_QUERY;
        byte[] body = inQuery ? bytes : concat(data, bytes);
        return connection.call(Request.to(WorkRoutes.KEEP, body, artifact.contentType(), lease.runId())
                .query("kind", artifact.kind())
                .query("name", artifact.name())
                .query("data", inQuery ? artifact.data() : null)
                .query("dataSize", inQuery ? null : data.length)
                .under(lease));
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Override
    public Run use(Lease lease, Usage used) {
        return connection.call(Request.to(WorkRoutes.USE, used, lease.runId()).under(lease));
    }

    @Override
    public List<ItemResult<UsageReceipt>> use(List<UsageReport> reports) {
        return connection
                .call(Request.to(WorkRoutes.USE_ALL, new UsageReports(reports)).repeatable())
                .items();
    }

    @Override
    public List<ItemResult<Run>> release(List<Lease> leases) {
        return connection
                .call(Request.to(WorkRoutes.RELEASE, new Leases(leases)))
                .items();
    }

    @Override
    public List<ItemResult<Run>> finish(List<FinishRun> reports) {
        return connection
                .call(Request.to(WorkRoutes.REPORT, new Reports(reports))
                        .repeatable()
                        .patience(RemoteRuns.LONGEST_MERGE))
                .items();
    }
}
