package dev.pilot.http.run;

import dev.pilot.api.Pilot;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.Artifact;
import dev.pilot.api.run.ArtifactKind;
import dev.pilot.api.run.Assignment;
import dev.pilot.api.run.ClaimRequest;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.NewArtifact;
import dev.pilot.api.run.OutputStream;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.Page;
import dev.pilot.http.call.Answer;
import dev.pilot.http.call.Call;
import dev.pilot.http.call.Operations;
import dev.pilot.wire.WireCodec;
import dev.pilot.wire.route.ApprovalRoutes;
import dev.pilot.wire.route.RunRoutes;
import dev.pilot.wire.route.WorkRoutes;
import dev.pilot.wire.run.LeaseHeader;
import dev.pilot.wire.run.OutputSize;
import dev.pilot.wire.run.Published;
import dev.pilot.wire.run.Started;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs, as workers use them. */
public final class WorkOperations {
    private static final String BUNDLE = "application/x-git-bundle";
    private static final Answer NOTHING_CLAIMED = Operations.ok(new Page<>(List.of(), null));

    private WorkOperations() {}

    /**
     * Adds the area's operations.
     *
     * @param to takes them
     * @param longestWait how long a claim may wait
     */
    public static void add(Operations to, Duration longestWait) {
        to.serve(WorkRoutes.CLAIM, call -> claim(call, longestWait));
        to.answer(WorkRoutes.HEARTBEAT, call -> call.pilot().work().heartbeat(call.body()));
        to.list(
                WorkRoutes.REPORT,
                call -> call.pilot().work().finish(call.body().reports()));
        to.list(
                WorkRoutes.RELEASE,
                call -> call.pilot().work().release(call.body().leases()));
        to.answer(WorkRoutes.STARTED, call -> {
            Started started = call.body();
            return call.pilot().work().started(lease(call), started.branch(), started.baseCommit());
        });
        to.serve(
                WorkRoutes.BASE,
                call -> new Answer.Bytes(
                        call.pilot().work().base(lease(call), call.body().commits()),
                        Answer.Bytes.UNKNOWN,
                        BUNDLE,
                        Map.of()));
        to.answer(WorkRoutes.PUBLISH, call -> new Published(call.pilot().work().publish(lease(call), call.stream())));
        to.answer(WorkRoutes.GATES, call -> call.pilot().work().gates(lease(call)));
        to.serve(WorkRoutes.ASK, call -> {
            Approval asked = call.pilot().work().ask(lease(call), call.body());
            return created(asked, ApprovalRoutes.GET.path(asked.id()));
        });
        to.answer(WorkRoutes.TOOL, call -> call.pilot().work().tool(lease(call), call.body()));
        to.answer(WorkRoutes.USE, call -> call.pilot().work().use(lease(call), call.body()));
        to.list(WorkRoutes.USE_ALL, call -> call.pilot().work().use(call.body().reports()));
        to.answer(WorkRoutes.OUTPUT, WorkOperations::output);
        to.serve(WorkRoutes.KEEP, WorkOperations::keep);
    }

    private static Answer claim(Call<ClaimRequest> call, Duration longestWait) {
        ClaimRequest request = call.body();
        if (request.waitFor().compareTo(longestWait) > 0) {
            request = request.toBuilder().waitFor(longestWait).build();
        }
        Pilot pilot = call.pilot();
        return new Answer.Later<>(
                pilot.work().claim(request),
                claimed -> Operations.ok(new Page<>(claimed, null)),
                NOTHING_CLAIMED,
                claimed -> giveBack(pilot, claimed));
    }

    /** The worker is gone or was told that there is nothing: it won't begin what it never heard of. */
    private static void giveBack(Pilot pilot, List<Assignment> claimed) {
        List<Lease> leases = claimed.stream()
                .map(assignment -> assignment.run().lease())
                .filter(Objects::nonNull)
                .toList();
        if (!leases.isEmpty()) {
            pilot.work().release(leases);
        }
    }

    private static OutputSize output(Call<byte[]> call) {
        OutputStream stream = InvalidInput.required(call.named("stream", OutputStream.class), "stream");
        call.needed("offset");
        return new OutputSize(call.pilot().work().output(lease(call), stream, call.number("offset", 0), call.bytes()));
    }

    private static Answer keep(Call<byte[]> call) {
        ArtifactKind kind = InvalidInput.required(call.named("kind", ArtifactKind.class), "kind");
        int size = call.smallNumber("dataSize", 0);
        byte[] body = call.bytes();
        if (size > body.length) {
            throw InvalidInput.of("dataSize", "is more than the body has");
        }
        String contentType = call.header("Content-Type");
        Artifact kept = call.pilot()
                .work()
                .keep(
                        lease(call),
                        new NewArtifact(
                                kind,
                                call.needed("name"),
                                contentType == null ? "application/octet-stream" : contentType,
                                data(call.text("data"), Arrays.copyOf(body, size))),
                        size == 0 ? body : Arrays.copyOfRange(body, size, body.length));
        return created(kept, RunRoutes.ARTIFACT.path(kept.id()));
    }

    private static Json.Obj data(@Nullable String inQuery, byte[] inBody) {
        try {
            if (inBody.length > 0) {
                return WireCodec.read(inBody, Json.Obj.class);
            }
            return inQuery == null ? Json.object() : WireCodec.read(inQuery, Json.Obj.class);
        } catch (InvalidInput e) {
            throw InvalidInput.of("data", "must be a JSON object: " + e.getMessage());
        }
    }

    private static Answer created(Record value, String location) {
        return new Answer.Value(201, value, Map.of("Location", location));
    }

    private static Lease lease(Call<?> call) {
        String header = InvalidInput.required(call.header(LeaseHeader.NAME), LeaseHeader.NAME);
        return LeaseHeader.parse(call.id(RunId::new), header);
    }
}
