package dev.pilot.testkit.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.Pilot;
import dev.pilot.api.access.AuditDecision;
import dev.pilot.api.access.AuditEvent;
import dev.pilot.api.access.AuditFilter;
import dev.pilot.api.access.AuditFormat;
import dev.pilot.api.access.AuditKind;
import dev.pilot.api.access.AuditOperation;
import dev.pilot.api.access.AuditReceipt;
import dev.pilot.api.access.AuditReport;
import dev.pilot.api.access.Caller;
import dev.pilot.api.access.NewAuditEvent;
import dev.pilot.api.access.Scope;
import dev.pilot.api.access.SecretRedactor;
import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.error.Forbidden;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.id.AuditId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.project.Project;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalFilter;
import dev.pilot.api.run.Decision;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunState;
import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.PageRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a hub promises about the record of decisions. */
public abstract class AuditContract extends HubContract {
    /** For subclasses. */
    protected AuditContract() {}

    private static NewAuditEvent.Builder write(String path) {
        return NewAuditEvent.builder(AuditKind.PATH, AuditOperation.WRITE, path, AuditDecision.ALLOWED);
    }

    private AuditReceipt ingest(NewAuditEvent event) {
        return pilot().audit().ingest(List.of(event)).get(0).get();
    }

    private List<AuditEvent> list(AuditFilter.Builder filter) {
        return walk(100, page -> pilot().audit().list(filter.build(), page));
    }

    @Test
    void whatIsPutOnRecordIsThereAsItWasSent() {
        Project project = project();
        Run run = stage().in(RunState.QUEUED);
        Instant then = Instant.parse("2026-01-31T12:00:00.123456Z");
        String host = unique("host");
        NewAuditEvent sent = NewAuditEvent.builder(
                        AuditKind.COMMAND, AuditOperation.EXEC, "rm -rf \"/tmp/ü\"", AuditDecision.DENIED)
                .runId(run.id())
                .reason("not allowed, here")
                .bytes(7L)
                .host(host)
                .workerId(new WorkerId("wrk_1"))
                .happenedAt(then)
                .data(Json.object("cwd", "/tmp", "n", 1))
                .build();
        AuditReceipt receipt = ingest(sent);
        assertThat(receipt.isNew()).isTrue();

        AuditEvent event = list(AuditFilter.builder().host(host)).get(0);
        assertThat(event.id()).isEqualTo(receipt.id());
        assertThat(event.sequence()).isEqualTo(receipt.sequence());
        assertThat(event.kind()).isEqualTo(AuditKind.COMMAND);
        assertThat(event.operation()).isEqualTo(AuditOperation.EXEC);
        assertThat(event.target()).isEqualTo(sent.target());
        assertThat(event.decision()).isEqualTo(AuditDecision.DENIED);
        assertThat(event.runId()).isEqualTo(run.id());
        assertThat(event.projectId()).as("the run's").isEqualTo(run.projectId()).isNotEqualTo(project.id());
        assertThat(event.reason()).isEqualTo(sent.reason());
        assertThat(event.bytes()).isEqualTo(7L);
        assertThat(event.workerId()).isEqualTo(sent.workerId());
        assertThat(event.happenedAt()).isEqualTo(then);
        assertThat(event.data()).isEqualTo(sent.data());
        assertThat(event.hash()).matches("[0-9a-f]{64}");
    }

    @Test
    void theSameIdWithTheSameContentIsOneRecordAndWithOtherContentAConflictOfThatItem() {
        NewAuditEvent first =
                write(unique("/path")).id(new AuditId(unique("aud"))).build();
        NewAuditEvent other = first.toBuilder().target("/elsewhere").build();
        NewAuditEvent more =
                write(unique("/path")).id(new AuditId(unique("aud"))).build();
        AuditReceipt receipt = ingest(first);

        List<ItemResult<AuditReceipt>> results = pilot().audit().ingest(List.of(first, other, more, more));

        assertThat(results.get(0).get()).isEqualTo(new AuditReceipt(receipt.id(), receipt.sequence(), false));
        assertThat(refused(AlreadyExists.class, results.get(1)).id())
                .isEqualTo(receipt.id().value());
        assertThat(results.get(2).get().isNew()).isTrue();
        assertThat(results.get(3).get())
                .isEqualTo(new AuditReceipt(
                        results.get(2).get().id(), results.get(2).get().sequence(), false));
        assertThat(list(AuditFilter.builder().target(first.target()))).hasSize(1);
    }

    @Test
    void idsAreEachCallersOwnAndTheHubsAreNobodys() {
        AuditId id = new AuditId(unique("taken"));
        String host = unique("host");
        NewAuditEvent agents = write(unique("/agent")).id(id).host(host).build();
        NewAuditEvent workers = write(unique("/worker")).id(id).host(host).build();
        assertThat(fixture()
                        .as(Scope.AGENT)
                        .audit()
                        .ingest(List.of(agents))
                        .get(0)
                        .get()
                        .isNew())
                .isTrue();
        List<ItemResult<AuditReceipt>> results =
                fixture().as(Scope.WORKER).audit().ingest(List.of(workers, workers));
        assertThat(results.get(0).get().isNew())
                .as("nobody else can have taken it")
                .isTrue();
        assertThat(results.get(1).get().isNew()).isFalse();
        assertThat(targets(AuditFilter.builder().host(host))).containsExactly(workers.target(), agents.target());

        NewAuditEvent squatting = agents.toBuilder()
                .id(new AuditId("aud_01h00000000000000000000000"))
                .build();
        invalid(
                "id",
                refused(
                        InvalidInput.class,
                        fixture()
                                .as(Scope.AGENT)
                                .audit()
                                .ingest(List.of(squatting))
                                .get(0)));
    }

    /** Nobody learns of another project's run by asking to have something put on record. */
    @Test
    void aRunThatACallerDoesNotSeeIsNone() {
        Run others = stage().in(RunState.QUEUED);
        Run own = stage().in(RunState.QUEUED);
        Pilot bound = fixture().as(Caller.of("bound-agent", Scope.AGENT).in(Set.of(own.projectId())));
        NewAuditEvent event = write(unique("/path")).build();
        List<ItemResult<AuditReceipt>> results = bound.audit()
                .ingest(List.of(
                        event.toBuilder().runId(others.id()).build(),
                        event.toBuilder()
                                .runId(others.id())
                                .projectId(own.projectId())
                                .build(),
                        event.toBuilder()
                                .runId(new RunId("run_none"))
                                .projectId(own.projectId())
                                .build(),
                        event.toBuilder().runId(own.id()).build(),
                        event.toBuilder().projectId(others.projectId()).build()));
        for (int i : new int[] {0, 1, 2}) {
            NotFound refused = refused(NotFound.class, results.get(i));
            assertThat(refused.entity()).isEqualTo("run");
            assertThat(refused.getMessage()).doesNotContain(others.projectId().value());
        }
        assertThat(results.get(3).isDone()).isTrue();
        assertThat(refused(NotFound.class, results.get(4)).entity()).isEqualTo("project");
    }

    @Test
    void aBadItemFailsNoOther() {
        String good = unique("/good");
        List<ItemResult<AuditReceipt>> results = pilot().audit()
                .ingest(List.of(
                        write(" ").build(),
                        write(good).build(),
                        write("/x").bytes(-1L).build(),
                        write("ü".repeat(1_500)).build()));
        invalid("target", refused(InvalidInput.class, results.get(0)));
        assertThat(results.get(1).get().isNew()).isTrue();
        invalid("bytes", refused(InvalidInput.class, results.get(2)));
        invalid("target", refused(InvalidInput.class, results.get(3)));
        assertThat(list(AuditFilter.builder().target(good))).hasSize(1);
    }

    @Test
    void aSetHasOneToAThousandEvents() {
        String root = unique("/root") + "/";
        List<NewAuditEvent> thousand =
                IntStream.range(0, 1_000).mapToObj(i -> write(root + i).build()).toList();
        assertThat(pilot().audit().ingest(thousand)).hasSize(1_000).allMatch(ItemResult::isDone);
        assertThat(list(AuditFilter.builder().target(root))).hasSize(1_000);
        List<NewAuditEvent> tooMany = new ArrayList<>(thousand);
        tooMany.add(write(root).build());
        invalid("events", () -> pilot().audit().ingest(tooMany));
        invalid("events", () -> pilot().audit().ingest(List.of()));
    }

    @Test
    void eachFieldFilters() {
        Run run = stage().in(RunState.QUEUED);
        String host = unique("host");
        WorkerId worker = new WorkerId(unique("wrk"));
        NewAuditEvent one = write(unique("/one")).host(host).build();
        NewAuditEvent two = NewAuditEvent.builder(
                        AuditKind.COMMAND, AuditOperation.EXEC, unique("/two"), AuditDecision.DENIED)
                .runId(run.id())
                .host(host)
                .workerId(worker)
                .build();
        pilot().audit().ingest(List.of(one, two));
        AuditFilter.Builder both = AuditFilter.builder().host(host);
        String who = list(both).get(0).who();

        assertThat(targets(both)).containsExactly(two.target(), one.target());
        assertThat(targets(both.who(who))).hasSize(2);
        assertThat(targets(both.who(unique("nobody")))).isEmpty();
        both.who(null);
        assertThat(targets(both.kind(AuditKind.COMMAND))).containsExactly(two.target());
        both.kind(null);
        assertThat(targets(both.operation(AuditOperation.WRITE))).containsExactly(one.target());
        both.operation(null);
        assertThat(targets(both.decision(AuditDecision.DENIED))).containsExactly(two.target());
        both.decision(null);
        assertThat(targets(both.target(one.target()))).containsExactly(one.target());
        both.target(null).host(null);
        assertThat(targets(both.runId(run.id()).operation(AuditOperation.EXEC))).containsExactly(two.target());
        assertThat(targets(both.runId(null).projectId(run.projectId()))).containsExactly(two.target());
        assertThat(targets(both.projectId(null).workerId(worker))).containsExactly(two.target());
    }

    private List<String> targets(AuditFilter.Builder filter) {
        return list(filter).stream().map(AuditEvent::target).toList();
    }

    @Test
    void timesFilterToTheMicrosecond() {
        String host = unique("host");
        fixture().clock().advance(Duration.ofSeconds(1));
        ingest(write("/a").host(host).build());
        fixture().clock().advance(Duration.ofSeconds(1));
        ingest(write("/b").host(host).build());
        Instant second = list(AuditFilter.builder().host(host)).get(0).at();

        assertThat(targets(AuditFilter.builder().host(host).from(second))).containsExactly("/b");
        assertThat(targets(AuditFilter.builder().host(host).to(second))).containsExactly("/a");
        assertThat(targets(AuditFilter.builder().host(host).from(second.plusNanos(1_000))))
                .isEmpty();
        assertThat(targets(AuditFilter.builder().host(host).to(second.plusNanos(1_000))))
                .containsExactly("/b", "/a");
    }

    @Test
    void pagesComeInBothOrdersAndMissNothing() {
        String host = unique("host");
        List<NewAuditEvent> events = IntStream.range(0, 23)
                .mapToObj(i -> write("/p/" + (char) ('a' + i)).host(host).build())
                .toList();
        pilot().audit().ingest(events);
        AuditFilter down = AuditFilter.builder().host(host).build();
        List<AuditEvent> newest = walk(5, page -> pilot().audit().list(down, page));
        List<AuditEvent> oldest = walk(
                5,
                page -> pilot().audit().list(down.toBuilder().oldestFirst(true).build(), page));

        assertThat(oldest)
                .extracting(AuditEvent::target)
                .containsExactlyElementsOf(
                        events.stream().map(NewAuditEvent::target).toList());
        Collections.reverse(newest);
        assertThat(newest).isEqualTo(oldest);
        List<AuditEvent> byTarget = walk(
                5,
                page -> pilot().audit()
                        .list(down.toBuilder().target("/p/").oldestFirst(true).build(), page));
        assertThat(byTarget).isEqualTo(oldest);
        invalid("cursor", () -> pilot().audit().list(down, new PageRequest(5, "nonsense")));
    }

    @Test
    void anExportHasWhatTheListHas() throws IOException {
        String host = unique("host");
        List<NewAuditEvent> events = IntStream.range(0, 700)
                .mapToObj(i -> write("/e/" + i).host(host).build())
                .toList();
        pilot().audit().ingest(events);
        AuditFilter filter = AuditFilter.builder().host(host).build();
        List<AuditEvent> listed = walk(500, page -> pilot().audit().list(filter, page));

        List<String> lines = export(filter, AuditFormat.JSONL).lines().toList();
        assertThat(lines).hasSize(700);
        for (int i = 0; i < lines.size(); i++) {
            AuditEvent event = listed.get(i);
            assertThat(lines.get(i))
                    .startsWith("{\"sequence\":" + event.sequence() + ",\"id\":\"" + event.id() + "\"")
                    .contains("\"target\":\"" + event.target() + "\"")
                    .endsWith("\"hash\":\"" + event.hash() + "\"}");
        }
        List<String> rows = export(filter, AuditFormat.CSV).lines().toList();
        assertThat(rows).hasSize(701);
        assertThat(rows.get(0)).startsWith("sequence,id,at,who,kind,operation,target,decision,");
        assertThat(rows.get(1))
                .startsWith("\"" + listed.get(0).sequence() + "\",\""
                        + listed.get(0).id() + "\"")
                .endsWith("\"" + listed.get(0).hash() + "\"");
    }

    @Test
    void aTableHoldsNoFormulasAndKeepsItsColumns() throws IOException {
        String host = unique("host");
        pilot().audit()
                .ingest(List.of(
                        write("=HYPERLINK(\"http://example.org\")")
                                .host(host)
                                .reason("a,b\r\nc")
                                .build(),
                        write("+1").host(host).build(),
                        write("@x").host(host).build(),
                        write("-1").host(host).build()));
        String table = export(AuditFilter.builder().host(host).oldestFirst(true).build(), AuditFormat.CSV);
        assertThat(table)
                .contains(
                        "\"'=HYPERLINK(\"\"http://example.org\"\")\"", "\"a,b\r\nc\"", "\"'+1\"", "\"'@x\"", "\"'-1\"")
                .endsWith("\"\r\n");
    }

    private String export(AuditFilter filter, AuditFormat format) throws IOException {
        try (InputStream in = pilot().audit().export(filter, format)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void agentsAndWorkersPutTheirsOnRecordAndSeeNone() {
        for (Scope scope : List.of(Scope.AGENT, Scope.WORKER)) {
            String host = unique("host");
            assertThat(fixture()
                            .as(scope)
                            .audit()
                            .ingest(List.of(write("/mine").host(host).build()))
                            .get(0)
                            .isDone())
                    .isTrue();
            assertThat(list(AuditFilter.builder().host(host)).get(0).who())
                    .as("its own name, whatever it says")
                    .isNotEmpty();
            refused(Forbidden.class, () -> fixture().as(scope).audit().list(AuditFilter.ALL, PageRequest.first()));
            refused(
                    Forbidden.class,
                    () -> fixture()
                            .as(scope)
                            .audit()
                            .export(AuditFilter.ALL, AuditFormat.CSV)
                            .close());
            refused(Forbidden.class, () -> fixture().as(scope).audit().verify());
        }
    }

    @Test
    void whatIsRefusedForWantOfPermissionIsOnRecord() {
        Run run = stage().in(RunState.QUEUED);
        fixture().clock().advance(Duration.ofMinutes(2));
        refused(Forbidden.class, () -> fixture().as(Scope.AGENT).runs().cancel(run.id(), "no"));
        eventually()
                .untilAsserted(() -> assertThat(list(AuditFilter.builder()
                                .kind(AuditKind.PERMISSION)
                                .decision(AuditDecision.DENIED)
                                .target("runs.cancel")))
                        .isNotEmpty()
                        .allSatisfy(event -> assertThat(event.reason()).isEqualTo("scope-missing")));
    }

    @Test
    void aDecisionOnAnApprovalIsOnRecordWithWhoTookIt() {
        Run run = stage().in(RunState.PROPOSED);
        Approval approval = pilot().approvals()
                .list(ApprovalFilter.builder().runId(run.id()).build(), PageRequest.first())
                .items()
                .get(0);
        Approval decided = pilot().approvals().decide(approval.id(), Decision.reject("not like this"));

        List<AuditEvent> events = list(AuditFilter.builder().runId(run.id()).kind(AuditKind.APPROVAL));
        assertThat(events).hasSize(1);
        AuditEvent event = events.get(0);
        assertThat(event.who()).isEqualTo(Objects.requireNonNull(decided.decidedBy()));
        assertThat(event.target()).isEqualTo(approval.id().value());
        assertThat(event.decision()).isEqualTo(AuditDecision.DENIED);
        assertThat(event.reason()).isEqualTo("not like this");
        assertThat(event.projectId()).isEqualTo(run.projectId());
        assertThat(event.data().text("hash")).isEqualTo(approval.hash());
    }

    @Test
    void secretsAreNotOnRecord() {
        String host = unique("host");
        ingest(write("/x?key=" + PilotFixture.KNOWN_SECRET)
                .host(host)
                .reason(PilotFixture.KNOWN_SECRET)
                .data(Json.object("k", PilotFixture.KNOWN_SECRET))
                .build());
        AuditEvent event = list(AuditFilter.builder().host(host)).get(0);
        assertThat(event.toString()).doesNotContain(PilotFixture.KNOWN_SECRET);
        assertThat(event.reason()).isEqualTo(SecretRedactor.MARK);
    }

    @Test
    void whatTheHubWroteIsFoundIntact() {
        AuditReceipt receipt = ingest(write(unique("/path")).build());
        AuditReport report = pilot().audit().verify();
        assertThat(report.finding()).isNull();
        assertThat(report.isIntact()).isTrue();
        assertThat(report.last()).isGreaterThanOrEqualTo(receipt.sequence());
        assertThat(report.checked()).isEqualTo(report.last() - report.first() + 1);
        assertThat(report.head()).matches("[0-9a-f]{64}");
    }
}
