package dev.pilot.wire.route;

import dev.pilot.api.run.Approval;
import dev.pilot.api.run.Artifact;
import dev.pilot.api.run.ArtifactKind;
import dev.pilot.api.run.Assignment;
import dev.pilot.api.run.ClaimRequest;
import dev.pilot.api.run.HeartbeatAnswer;
import dev.pilot.api.run.HeartbeatRequest;
import dev.pilot.api.run.NewApproval;
import dev.pilot.api.run.OutputStream;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.ToolAnswer;
import dev.pilot.api.run.ToolCall;
import dev.pilot.api.run.Usage;
import dev.pilot.api.run.UsageReceipt;
import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Page;
import dev.pilot.wire.WireType;
import dev.pilot.wire.run.Known;
import dev.pilot.wire.run.Leases;
import dev.pilot.wire.run.OutputSize;
import dev.pilot.wire.run.Published;
import dev.pilot.wire.run.Reports;
import dev.pilot.wire.run.Started;
import dev.pilot.wire.run.UsageReports;

/** The routes of runs, as workers use them. Writes to one run carry the lease in {@link dev.pilot.wire.run.LeaseHeader}. */
public final class WorkRoutes {
    /** {@code POST /api/runs/claim}. */
    public static final Route<ClaimRequest, Page<Assignment>> CLAIM = Route.post(
                    "/api/runs/claim", "Claims runs; may wait for some.")
            .takes(ClaimRequest.class)
            .answers(WireType.pageOf(Assignment.class));

    /** {@code POST /api/runs/heartbeat}. */
    public static final Route<HeartbeatRequest, HeartbeatAnswer> HEARTBEAT = Route.post(
                    "/api/runs/heartbeat", "Renews leases and says which are lost or to be stopped.")
            .takes(HeartbeatRequest.class)
            .answers(HeartbeatAnswer.class);

    /** {@code POST /api/runs/report}. */
    public static final Route<Reports, Page<ItemResult<Run>>> REPORT = Route.post(
                    "/api/runs/report", "Reports how attempts ended.")
            .takes(Reports.class)
            .answers(WireType.resultsOf(Run.class));

    /** {@code POST /api/runs/release}. */
    public static final Route<Leases, Page<ItemResult<Run>>> RELEASE = Route.post(
                    "/api/runs/release", "Gives runs back that were not begun.")
            .takes(Leases.class)
            .answers(WireType.resultsOf(Run.class));

    /** {@code POST /api/runs/{id}/started}. */
    public static final Route<Started, Run> STARTED = Route.post(
                    "/api/runs/{id}/started", "Says which branch and commit the attempt starts from.")
            .takes(Started.class)
            .answers(Run.class);

    /** {@code POST /api/runs/{id}/base}. */
    public static final Route<Known, byte[]> BASE = Route.post(
                    "/api/runs/{id}/base", "The run's repository as a git bundle, without what the worker has.")
            .takes(Known.class)
            .answersBytes();

    /** {@code PUT /api/runs/{id}/branch}. */
    public static final Route<byte[], Published> PUBLISH = Route.of(
                    "PUT", "/api/runs/{id}/branch", "Brings the attempt's branch to the hub, as a git bundle.")
            .takes(Media.BYTES, byte[].class)
            .answers(Published.class);

    /** {@code POST /api/runs/{id}/gates}. */
    public static final Route<Void, Run> GATES = Route.post(
                    "/api/runs/{id}/gates", "Says that the command has ended well and the gates begin.")
            .answers(Run.class);

    /** {@code POST /api/runs/{id}/ask}. */
    public static final Route<NewApproval, Approval> ASK = Route.post(
                    "/api/runs/{id}/ask", "Asks for a decision; the run is blocked until then.")
            .takes(NewApproval.class)
            .creates(Approval.class);

    /** {@code POST /api/runs/{id}/tools}. */
    public static final Route<ToolCall, ToolAnswer> TOOL = Route.post(
                    "/api/runs/{id}/tools", "Asks whether a tool may be used now, and counts the use.")
            .takes(ToolCall.class)
            .answers(ToolAnswer.class);

    /** {@code POST /api/runs/{id}/usage}. */
    public static final Route<Usage, Run> USE = Route.post("/api/runs/{id}/usage", "Adds to what the run has used.")
            .takes(Usage.class)
            .answers(Run.class);

    /** {@code POST /api/runs/usage}. */
    public static final Route<UsageReports, Page<ItemResult<UsageReceipt>>> USE_ALL = Route.post(
                    "/api/runs/usage", "Adds to what runs have used: each report once, however often it is sent.")
            .takes(UsageReports.class)
            .answers(WireType.resultsOf(UsageReceipt.class));

    /** {@code POST /api/runs/{id}/output}. */
    public static final Route<byte[], OutputSize> OUTPUT = Route.post(
                    "/api/runs/{id}/output", "Appends output; what the hub has already is skipped.")
            .takes(Media.BYTES, byte[].class)
            .answers(OutputSize.class)
            .needs("stream", OutputStream.class, "Which output.")
            .needs("offset", Long.class, "Where the bytes belong, from 0.");

    /** {@code POST /api/runs/{id}/artifacts}; the media type is the request's. */
    public static final Route<byte[], Artifact> KEEP = Route.post(
                    "/api/runs/{id}/artifacts", "Keeps a file with the run.")
            .takes(Media.BYTES, byte[].class)
            .creates(Artifact.class)
            .needs("kind", ArtifactKind.class, "What it is.")
            .needs("name", String.class, "Its file name, without a path.")
            .query("data", String.class, "A JSON object about it.")
            .query(
                    "dataSize",
                    Integer.class,
                    "How many bytes of such a JSON object the body begins with, where it is too long for the query.");

    private WorkRoutes() {}
}
