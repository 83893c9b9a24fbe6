package dev.pilot.core.worker;

import dev.pilot.api.Pilot;
import dev.pilot.api.error.ErrorKind;
import dev.pilot.api.error.LeaseLost;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.run.ApprovalStatus;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.NewApproval;
import dev.pilot.api.run.ToolAnswer;
import dev.pilot.api.run.ToolCall;
import dev.pilot.api.run.ToolVerdict;
import dev.pilot.api.value.Json;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings what a run asks to the hub, and the answer back to the run: the hub is asked to wait for it, again and again. Where the hub is away, the
 * question is asked again, which it knows to be the same one.
 */
final class Questions {
    /** The hub may wait for less. */
    private static final Duration WAIT = Duration.ofSeconds(60);

    private static final Executor LATER = CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS);

    private final Pilot pilot;
    private final Lease lease;
    private volatile boolean closed;

    Questions(Pilot pilot, Lease lease) {
        this.pilot = pilot;
        this.lease = lease;
    }

    /** Nobody waits for answers any more. */
    void close() {
        closed = true;
    }

    CompletableFuture<Approval> ask(NewApproval question) {
        return asking(() -> CompletableFuture.completedFuture(pilot.work().ask(lease, question)))
                .thenCompose(this::decided);
    }

    CompletableFuture<ToolAnswer> tool(ToolCall call) {
        return asking(() -> CompletableFuture.completedFuture(pilot.work().tool(lease, call)))
                .thenCompose(answer -> answer.verdict() == ToolVerdict.ASKED
                        ? decided(Objects.requireNonNull(answer.approval()))
                                .thenCompose(approval -> after(approval, call))
                        : CompletableFuture.completedFuture(answer));
    }

    /** An approved tool is granted, so that the hub says yes now; to what was approved, if that is something else than was asked. */
    private CompletableFuture<ToolAnswer> after(Approval approval, ToolCall call) {
        if (approval.status() == ApprovalStatus.EXPIRED) {
            return CompletableFuture.completedFuture(
                    new ToolAnswer(ToolVerdict.DENIED, "approval-expired", "Nobody decided in time.", approval));
        }
        Json.Obj edited = approval.kind() == ApprovalKind.TOOL ? approval.edited() : null;
        return tool(edited == null ? call : edited(call, approval.payload().merge(edited)))
                .thenApply(answer -> new ToolAnswer(answer.verdict(), answer.code(), answer.message(), approval));
    }

    private static ToolCall edited(ToolCall call, Json.Obj payload) {
        return ToolCall.builder(Objects.requireNonNullElse(payload.text("tool"), call.tool()))
                .target(payload.text("target"))
                .arguments(payload.get("arguments") instanceof Json.Obj arguments ? arguments : Json.object())
                .risk(call.risk())
                .build();
    }

    private CompletableFuture<Approval> decided(Approval approval) {
        if (approval.status() != ApprovalStatus.PENDING) {
            return CompletableFuture.completedFuture(approval);
        }
        return asking(() -> pilot.approvals().await(approval.id(), WAIT).toCompletableFuture())
                .thenCompose(this::decided);
    }

    /** Until the hub answers. */
    private <T> CompletableFuture<T> asking(Supplier<CompletableFuture<T>> call) {
        if (closed) {
            return CompletableFuture.failedFuture(new LeaseLost(
                    lease.runId().value(),
                    lease.attempt(),
                    lease.attempt(),
                    "The run is over: nobody waits for the answer."));
        }
        CompletableFuture<T> answer;
        try {
            answer = call.get();
        } catch (PilotException failure) {
            answer = CompletableFuture.failedFuture(failure);
        }
        return answer.exceptionallyCompose(
                failure -> isAway(failure) ? later(call) : CompletableFuture.failedFuture(failure));
    }

    private <T> CompletableFuture<T> later(Supplier<CompletableFuture<T>> call) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        LATER.execute(() -> {
            CompletableFuture<T> unused = asking(call).whenComplete((value, failure) -> {
                if (failure == null) {
                    answer.complete(value);
                } else {
                    answer.completeExceptionally(failure);
                }
            });
        });
        return answer;
    }

    private static boolean isAway(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        ErrorKind kind = cause instanceof PilotException known ? known.kind() : null;
        return kind == ErrorKind.UNAVAILABLE || kind == ErrorKind.OUTCOME_UNKNOWN;
    }
}
