package dev.pilot.core.repo;

import dev.pilot.api.access.AuditDecision;
import dev.pilot.api.access.AuditKind;
import dev.pilot.api.access.AuditOperation;
import dev.pilot.api.access.Caller;
import dev.pilot.api.access.NewAuditEvent;
import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.id.RepoId;
import dev.pilot.api.repo.CreateRepo;
import dev.pilot.api.repo.Repo;
import dev.pilot.api.repo.RepoSnapshot;
import dev.pilot.api.repo.RepoSync;
import dev.pilot.api.repo.Repos;
import dev.pilot.api.repo.UpdateRepo;
import dev.pilot.api.run.Level;
import dev.pilot.api.run.Subject;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.value.Created;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.core.access.Permission;
import dev.pilot.core.access.Reach;
import dev.pilot.core.system.Changes;
import dev.pilot.core.system.Creating;
import dev.pilot.core.system.HubContext;
import dev.pilot.core.system.Journal;
import dev.pilot.core.system.Versions;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** {@link Repos} over the store and the copies, for one caller. */
public final class RepoUseCases implements Repos {
    private final HubContext hub;
    private final Journal journal;
    private final RepoDesk desk;
    private final Caller caller;
    private final Reach reach;

    /**
     * Makes them.
     *
     * @param hub what they stand on
     * @param journal writes events
     * @param desk handles the copies
     * @param caller who asks
     */
    public RepoUseCases(HubContext hub, Journal journal, RepoDesk desk, Caller caller) {
        this.hub = hub;
        this.journal = journal;
        this.desk = desk;
        this.caller = caller;
        this.reach = Reach.of(caller);
    }

    @Override
    public Created<Repo> createOrFind(CreateRepo command) {
        Permission.CHANGE_REPOS.require(caller);
        RepoInput.check(command.remoteUrl(), command.defaultBranch(), hub.redactor());
        return hub.store()
                .write(
                        "repo.create",
                        unit -> Creating.createOrFind(
                                unit,
                                "repo",
                                command,
                                command.id(),
                                command.idempotencyKey(),
                                id -> unit.repos().find(new RepoId(id)),
                                () -> insert(unit, command),
                                repo -> repo.id().value()));
    }

    private Repo insert(StoreUnit unit, CreateRepo command) {
        String slug =
                command.slug() != null ? RepoInput.checkSlug(command.slug()) : RepoInput.slugOf(command.remoteUrl());
        unit.repos().findBySlug(slug).ifPresent(taken -> {
            throw new AlreadyExists(
                    "repo", slug, "Repository " + taken.id() + " has the slug " + slug + ": give another slug.");
        });
        RepoId id = command.id() == null ? new RepoId(hub.ids().next("rep")) : command.id();
        Repo repo = new Repo(
                id, slug, command.remoteUrl(), command.defaultBranch(), RepoSync.NEVER, unit.now(), unit.now());
        unit.repos().create(repo);
        journal.created(unit, subject(id), null, slug);
        return repo;
    }

    @Override
    public Repo get(RepoId id) {
        Permission.SEE_REPOS.require(caller);
        return hub.store().read(view -> reach.in(view).repos().get(id));
    }

    @Override
    public Page<Repo> list(PageRequest page) {
        Permission.SEE_REPOS.require(caller);
        return hub.store().read(view -> reach.in(view).repos().list(page));
    }

    @Override
    public Repo update(RepoId id, UpdateRepo patch) {
        Permission.CHANGE_REPOS.require(caller);
        return hub.store().write("repo.update", unit -> {
            Repo before = unit.repos().get(id);
            Versions.check("repo", id.value(), patch.ifUpdatedAt(), before.updatedAt(), before);
            Repo after = before.toBuilder()
                    .remoteUrl(patch.remoteUrl().apply(before.remoteUrl(), ""))
                    .defaultBranch(patch.defaultBranch().apply(before.defaultBranch()))
                    .build();
            RepoInput.check(after.remoteUrl(), after.defaultBranch(), hub.redactor());
            return write(unit, before, after);
        });
    }

    private Repo write(StoreUnit unit, Repo before, Repo after) {
        List<String> fields = Changes.between(before, after);
        if (fields.isEmpty()) {
            return before;
        }
        Repo versioned = after.toBuilder()
                .updatedAt(Versions.next(unit, before.updatedAt()))
                .build();
        unit.repos().update(versioned, before.updatedAt());
        journal.updated(unit, subject(before.id()), null, fields);
        return versioned;
    }

    @Override
    public void delete(RepoId id) {
        Permission.CHANGE_REPOS.require(caller);
        hub.store().write("repo.delete", unit -> {
            Repo repo = unit.repos().get(id);
            if (unit.repos().inUse(id)) {
                throw new NotAllowed(
                        "repo-in-use",
                        "A project, or a run that is not over, uses repository " + id + ": take it off them first.");
            }
            unit.repos().delete(id);
            journal.deleted(unit, subject(id), null, repo.slug());
            return id;
        });
    }

    @Override
    public Repo sync(RepoId id) {
        Permission.SYNC_REPOS.require(caller);
        Repo repo = hub.store().read(view -> reach.in(view).repos().get(id));
        try {
            RepoSnapshot snapshot = desk.sync(repo);
            return synced(
                    id,
                    snapshot.changed() || repo.sync().lastSyncAt() == null,
                    Level.INFO,
                    Objects.requireNonNullElse(snapshot.headCommit(), "empty"),
                    after -> after.defaultBranch(snapshot.defaultBranch())
                            .sync(new RepoSync(null, null, snapshot.headCommit())));
        } catch (PilotException failure) {
            synced(
                    id,
                    true,
                    Level.WARN,
                    failure.getMessage(),
                    after -> after.sync(new RepoSync(
                            repo.sync().lastSyncAt(),
                            failure.getMessage(),
                            repo.sync().headCommit())));
            throw failure;
        }
    }

    /** Notes how a sync went; one that brought nothing tells nothing. */
    private Repo synced(RepoId id, boolean tell, Level level, String message, UnaryOperator<Repo.Builder> change) {
        return hub.store().write("repo.sync", unit -> {
            Repo before = unit.repos().get(id);
            Repo after = change.apply(before.toBuilder()).build();
            if (after.sync().lastError() == null) {
                after = after.toBuilder()
                        .sync(new RepoSync(unit.now(), null, after.sync().headCommit()))
                        .build();
            }
            Repo versioned = after.toBuilder()
                    .updatedAt(Versions.next(unit, before.updatedAt()))
                    .build();
            unit.repos().update(versioned, before.updatedAt());
            AuditDecision decision = level == Level.WARN ? AuditDecision.DENIED : AuditDecision.ALLOWED;
            hub.audit()
                    .record(
                            unit,
                            caller.name(),
                            NewAuditEvent.builder(AuditKind.SYNC, AuditOperation.SYNC, before.slug(), decision)
                                    .reason(level == Level.WARN ? message : "")
                                    .data(Json.object("head", versioned.sync().headCommit(), "repoId", id.value()))
                                    .build());
            if (tell) {
                journal.write(
                        unit,
                        journal.build(subject(id), null, null, "sync", before.slug(), Json.object())
                                .level(level)
                                .message(message)
                                .build());
            }
            return versioned;
        });
    }

    private static Subject subject(RepoId id) {
        return new Subject("repo", id.value());
    }
}
