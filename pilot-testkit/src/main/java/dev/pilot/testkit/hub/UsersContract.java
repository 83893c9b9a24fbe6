package dev.pilot.testkit.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.Pilot;
import dev.pilot.api.access.AuditFilter;
import dev.pilot.api.access.CreateToken;
import dev.pilot.api.access.CreateUser;
import dev.pilot.api.access.LogIn;
import dev.pilot.api.access.NewToken;
import dev.pilot.api.access.Rights;
import dev.pilot.api.access.Scope;
import dev.pilot.api.access.Session;
import dev.pilot.api.access.UpdateUser;
import dev.pilot.api.access.User;
import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.error.Conflict;
import dev.pilot.api.error.Forbidden;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.error.Unauthenticated;
import dev.pilot.api.id.UserId;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.project.Project;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.value.Edit;
import dev.pilot.api.value.PageRequest;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a hub promises about users. */
public abstract class UsersContract extends AccessStage {
    /** For subclasses. */
    protected UsersContract() {}

    @Test
    void aUserIsCreatedReadAndListed() {
        User user = pilot().users()
                .create(new CreateUser(
                        unique("anna"),
                        "anna@example.org",
                        PASSWORD,
                        Rights.of(Scope.OPERATOR).withoutDecisions()));

        assertThat(user.enabled()).isTrue();
        assertThat(user.email()).isEqualTo("anna@example.org");
        assertThat(user.rights()).isEqualTo(new Rights(Set.of(Scope.OPERATOR), false, false, Set.of()));
        assertThat(pilot().users().get(user.id())).isEqualTo(user);
        assertThat(walk(2, pilot().users()::list)).contains(user);
        assertThat(types(user)).containsExactly("created");
    }

    @Test
    void aNameIsOneActor() {
        User user = user(Rights.of(Scope.READER));
        String taken = token(Rights.of(Scope.READER)).token().name();

        for (String name : List.of(user.name(), taken)) {
            refused(
                    AlreadyExists.class,
                    () -> pilot().users().create(new CreateUser(name, PASSWORD, Rights.of(Scope.READER))));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "Anna", "-a", "a b", "a/b", "ä", "admin", "agent", "worker", "embedded", "a\u0000"})
    void aNameIsPlainAndNotThatOfAConfiguredToken(String name) {
        invalid("name", () -> pilot().users().create(new CreateUser(name, PASSWORD, Rights.of(Scope.READER))));
    }

    @Test
    void allThatIsWrongIsSaid() {
        Rights none = new Rights(Set.of(), false, true, Set.of(new dev.pilot.api.id.ProjectId("prj_none")));
        CreateUser wrong = new CreateUser("Anna", "nowhere", "short", none);
        for (String field : List.of("name", "email", "password", "rights.scopes", "rights.projects")) {
            invalid(field, () -> pilot().users().create(wrong));
        }
        String name = unique("a-name-that-is-long");
        invalid("password", () -> pilot().users().create(new CreateUser(name, name, Rights.of(Scope.READER))));
        invalid(
                "password",
                () -> pilot().users().create(new CreateUser(name, "x".repeat(257), Rights.of(Scope.READER))));
    }

    @Test
    void aChangeHoldsFromTheNextCallOn() {
        User user = user(Rights.of(Scope.READER));
        Pilot known = enter(logIn(user).accessToken());
        refused(Forbidden.class, () -> known.users().get(user.id()));

        User admin = pilot().users()
                .update(
                        user.id(),
                        UpdateUser.NOTHING
                                .rights(Rights.of(Scope.ADMIN))
                                .email(Edit.set("a@example.org"))
                                .ifUpdatedAt(user.updatedAt()));

        assertThat(admin.updatedAt()).isAfter(user.updatedAt());
        Pilot again = enter(logIn(user).accessToken());
        assertThat(again.users().get(user.id())).isEqualTo(admin);
        Conflict stale = refused(
                Conflict.class,
                () -> pilot().users()
                        .update(user.id(), UpdateUser.NOTHING.enabled(false).ifUpdatedAt(user.updatedAt())));
        assertThat(stale.current()).isEqualTo(admin);
        assertThat(pilot().users().update(user.id(), UpdateUser.NOTHING)).isEqualTo(admin);
    }

    @Test
    void rightsHoldForSessionsThatAreThere() {
        User user = user(Rights.of(Scope.ADMIN));
        String token = logIn(user).accessToken();
        assertThat(enter(token).users().get(user.id())).isEqualTo(user);

        pilot().users().update(user.id(), UpdateUser.NOTHING.rights(Rights.of(Scope.READER)));

        refused(Forbidden.class, () -> enter(token).users().get(user.id()));
    }

    @Test
    void aDisabledUserIsOutAtOnceAndComesBackByLoggingIn() {
        User user = user(Rights.of(Scope.READER));
        Session session = logIn(user);
        enter(session.accessToken()).account().identity();

        pilot().users().update(user.id(), UpdateUser.NOTHING.enabled(false));

        refusedAtTheDoor(session.accessToken());
        refused(Unauthenticated.class, () -> logIn(user));
        refused(Unauthenticated.class, () -> fixture().door().refresh(session.refreshToken()));
        pilot().users().update(user.id(), UpdateUser.NOTHING.enabled(true));
        refusedAtTheDoor(session.accessToken());
        assertThat(enter(logIn(user).accessToken()).account().identity().userId())
                .isEqualTo(user.id());
    }

    @Test
    void aDeletedUserIsOutAtOnceAndItsNameIsFree() {
        User user = user(Rights.of(Scope.READER));
        Session session = logIn(user);
        enter(session.accessToken()).account().identity();

        pilot().users().delete(user.id());

        refusedAtTheDoor(session.accessToken());
        refused(Unauthenticated.class, () -> logIn(user));
        refused(Unauthenticated.class, () -> fixture().door().refresh(session.refreshToken()));
        refused(NotFound.class, () -> pilot().users().get(user.id()));
        refused(NotFound.class, () -> pilot().users().delete(user.id()));
        pilot().users().create(new CreateUser(user.name(), PASSWORD, Rights.of(Scope.READER)));
        refusedAtTheDoor(session.accessToken());
    }

    @Test
    void whoeverIsOutOrMayLessHasLeftNoWayInBehind() {
        User user = user(Rights.of(Scope.ADMIN));
        Pilot own = enter(logIn(user).accessToken());
        NewToken admin = own.tokens().create(new CreateToken(unique("token"), Rights.of(Scope.ADMIN)));
        NewToken reader = own.tokens().create(new CreateToken(unique("token"), Rights.of(Scope.READER)));
        NewToken other = token(Rights.of(Scope.ADMIN));

        pilot().users().update(user.id(), UpdateUser.NOTHING.rights(Rights.of(Scope.READER)));
        refusedAtTheDoor(admin.secret());
        enter(reader.secret()).account().identity();

        pilot().users().update(user.id(), UpdateUser.NOTHING.enabled(false));
        refusedAtTheDoor(reader.secret());

        User deleted = user(Rights.of(Scope.ADMIN));
        NewToken left = enter(logIn(deleted).accessToken())
                .tokens()
                .create(new CreateToken(unique("token"), Rights.of(Scope.READER)));
        pilot().users().delete(deleted.id());
        refusedAtTheDoor(left.secret());
        assertThat(pilot().tokens().get(left.token().id()).revokedAt()).isNotNull();
        enter(other.secret()).account().identity();
    }

    @Test
    void whatSomebodyMayStandsInTheRecordAndNotInTheLogOfAll() {
        Project project = pilot().projects().create(CreateProject.named("p"));
        User user = user(Rights.of(Scope.OPERATOR).in(Set.of(project.id())));
        Session session = logIn(user);
        String sessionId = enter(session.accessToken()).account().identity().sessionId();

        assertThat(events(about(user)).toString())
                .contains(user.name())
                .doesNotContain("operator", project.id().value(), sessionId);
        assertThat(pilot().audit()
                        .list(AuditFilter.builder().target(user.id().value()).build(), PageRequest.first())
                        .items()
                        .toString())
                .contains("operator", project.id().value(), sessionId);
    }

    @Test
    void anotherPasswordEndsAllSessions() {
        User user = user(Rights.of(Scope.READER));
        Session one = logIn(user);
        Session other = logIn(user);

        pilot().users().setPassword(user.id(), "another horse battery");

        refusedAtTheDoor(one.accessToken());
        refusedAtTheDoor(other.accessToken());
        refused(Unauthenticated.class, () -> fixture().door().refresh(one.refreshToken()));
        refused(Unauthenticated.class, () -> logIn(user));
        assertThat(logIn(user.name(), "another horse battery").user().name()).isEqualTo(user.name());
        invalid("password", () -> pilot().users().setPassword(user.id(), "short"));
    }

    @Test
    void anAdministratorLogsAUserOut() {
        User user = user(Rights.of(Scope.READER));
        Session session = logIn(user);
        pilot().users().logOut(user.id());
        refusedAtTheDoor(session.accessToken());
        assertThat(logIn(user).user().id()).isEqualTo(user.id());
    }

    @ParameterizedTest
    @EnumSource(names = "ADMIN", mode = EnumSource.Mode.EXCLUDE)
    void onlyAdministratorsDoAnyOfIt(Scope scope) {
        User user = user(Rights.of(Scope.READER));
        Pilot caller = enter(token(Rights.of(scope)).secret());

        refused(
                Forbidden.class,
                "scope-missing",
                () -> caller.users().create(new CreateUser(unique("x"), PASSWORD, Rights.of(scope))));
        refused(Forbidden.class, () -> caller.users().get(user.id()));
        refused(Forbidden.class, () -> caller.users().list(dev.pilot.api.value.PageRequest.first()));
        refused(Forbidden.class, () -> caller.users().update(user.id(), UpdateUser.NOTHING));
        refused(Forbidden.class, () -> caller.users().setPassword(user.id(), PASSWORD));
        refused(Forbidden.class, () -> caller.users().logOut(user.id()));
        refused(Forbidden.class, () -> caller.users().delete(user.id()));
    }

    @Test
    void nobodyGivesWhatHeHasNot() {
        Project own = project();
        Project other = project();
        Rights bound = Rights.of(Scope.ADMIN).in(Set.of(own.id())).withoutDecisions();
        Pilot caller = enter(token(bound).secret());

        for (Rights more : List.of(
                Rights.of(Scope.READER),
                Rights.of(Scope.READER).withoutDecisions(),
                Rights.of(Scope.READER).in(Set.of(own.id())),
                Rights.of(Scope.READER).withoutDecisions().in(Set.of(other.id())),
                Rights.of(Scope.READER).withoutDecisions().in(Set.of(own.id(), other.id())))) {
            refused(
                    Forbidden.class,
                    "more-than-own",
                    () -> caller.users().create(new CreateUser(unique("x"), PASSWORD, more)));
        }
        User same = caller.users().create(new CreateUser(unique("same"), PASSWORD, bound));
        refused(
                Forbidden.class,
                "more-than-own",
                () -> caller.users().update(same.id(), UpdateUser.NOTHING.rights(Rights.of(Scope.ADMIN))));
        assertThat(walk(1, caller.users()::list)).containsExactly(same);
    }

    @Test
    void nobodyTakesOverSomebodyWhoMayDoMore() {
        Project own = project();
        Rights bound = Rights.of(Scope.ADMIN).in(Set.of(own.id()));
        Pilot caller = enter(token(bound.withoutDecisions()).secret());
        User unbound = user(Rights.of(Scope.READER));
        User decides = user(bound);

        UserId hidden = unbound.id();
        refused(NotFound.class, () -> caller.users().get(hidden));
        refused(NotFound.class, () -> caller.users().setPassword(hidden, PASSWORD));
        refused(NotFound.class, () -> caller.users().delete(hidden));
        assertThat(caller.users().get(decides.id())).isEqualTo(decides);
        refused(Forbidden.class, "more-than-own", () -> caller.users().setPassword(decides.id(), PASSWORD));
        refused(
                Forbidden.class,
                "more-than-own",
                () -> caller.users().update(decides.id(), UpdateUser.NOTHING.enabled(false)));
        refused(Forbidden.class, "more-than-own", () -> caller.users().logOut(decides.id()));
        refused(Forbidden.class, "more-than-own", () -> caller.users().delete(decides.id()));
        assertThat(logIn(unbound).user()).isEqualTo(unbound);
    }

    @Test
    void theLogTellsOfItAndNoSecret() {
        User user = user(Rights.of(Scope.READER));
        Session session = logIn(user);
        enter(session.accessToken()).account().changePassword(PASSWORD, "another horse battery");
        Session next = logIn(user.name(), "another horse battery");
        enter(next.accessToken()).account().logOut();
        pilot().users().delete(user.id());

        assertThat(types(user)).containsExactly("created", "log-in", "updated", "log-in", "log-out", "deleted");
        assertThat(events(about(user)).toString())
                .doesNotContain(
                        PASSWORD,
                        "another horse",
                        session.accessToken(),
                        session.refreshToken(),
                        next.accessToken(),
                        next.refreshToken());
        assertThat(new LogIn(user.name(), PASSWORD).toString() + session)
                .doesNotContain(PASSWORD, session.accessToken(), session.refreshToken());
    }

    private List<String> types(User user) {
        return events(about(user)).stream().map(Event::type).toList();
    }

    private static EventFilter about(User user) {
        return new EventFilter(new dev.pilot.api.run.Subject("user", user.id().value()), null, null, null);
    }
}
