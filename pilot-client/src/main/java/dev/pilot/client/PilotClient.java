package dev.pilot.client;

import static java.util.Objects.requireNonNull;

import dev.pilot.api.Door;
import dev.pilot.api.Pilot;
import dev.pilot.api.access.Account;
import dev.pilot.api.access.Audit;
import dev.pilot.api.access.LogIn;
import dev.pilot.api.access.Tokens;
import dev.pilot.api.access.Users;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.project.GraphRuns;
import dev.pilot.api.project.Projects;
import dev.pilot.api.project.Tasks;
import dev.pilot.api.repo.Repos;
import dev.pilot.api.run.Agents;
import dev.pilot.api.run.Approvals;
import dev.pilot.api.run.Budgets;
import dev.pilot.api.run.Events;
import dev.pilot.api.run.Quotas;
import dev.pilot.api.run.Runs;
import dev.pilot.api.run.WorkQueue;
import dev.pilot.api.run.Workers;
import dev.pilot.api.system.HubSystem;
import dev.pilot.client.access.RemoteAccount;
import dev.pilot.client.access.RemoteAudit;
import dev.pilot.client.access.RemoteDoor;
import dev.pilot.client.access.RemoteTokens;
import dev.pilot.client.access.RemoteUsers;
import dev.pilot.client.access.SessionCredential;
import dev.pilot.client.call.Connection;
import dev.pilot.client.call.Credential;
import dev.pilot.client.project.RemoteProjects;
import dev.pilot.client.project.RemoteTasks;
import dev.pilot.client.repo.RemoteRepos;
import dev.pilot.client.run.RemoteAgents;
import dev.pilot.client.run.RemoteApprovals;
import dev.pilot.client.run.RemoteBudgets;
import dev.pilot.client.run.RemoteEvents;
import dev.pilot.client.run.RemoteGraphRuns;
import dev.pilot.client.run.RemoteQuotas;
import dev.pilot.client.run.RemoteRuns;
import dev.pilot.client.run.RemoteWorkQueue;
import dev.pilot.client.run.RemoteWorkers;
import dev.pilot.client.system.RemoteSystem;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A hub elsewhere, over HTTP: the same interface and the same errors as the embedded one. Threads may share it.
 *
 * <pre>{@code
 * try (Pilot pilot = PilotClient.connect(URI.create("http://127.0.0.1:7878"), token)) {
 *     Project project = pilot.projects().create(CreateProject.named("Apollo"));
 * }
 * }</pre>
 *
 * <p>A call that fails on the way is sent again where doing it twice is doing it once: reads, creates, appends, actions, heartbeats,
 * reports and output (what has no id or key gets one). Of any other call whose answer is lost the caller learns by
 * {@link dev.pilot.api.error.OutcomeUnknown}. What can't be reached is {@link dev.pilot.api.error.Unavailable} with code
 * {@code hub-unreachable}. What a hub turns away unseen, since too much comes at once (429), is sent again after the time that it says,
 * if that is short. Followed events come back by themselves where they stopped, until they are closed or refused.
 */
public final class PilotClient implements Pilot {
    private final Connection connection;
    private final Projects projects;
    private final Tasks tasks;
    private final Agents agents;
    private final Runs runs;
    private final GraphRuns graphs;
    private final Quotas quotas;
    private final Budgets budgets;
    private final Approvals approvals;
    private final RemoteEvents events;
    private final WorkQueue work;
    private final Workers workers;
    private final Repos repos;
    private final Users users;
    private final Tokens tokens;
    private final Account account;
    private final Audit audit;
    private final HubSystem system;
    private final @Nullable SessionCredential session;

    private PilotClient(Connection connection, @Nullable SessionCredential session) {
        this.connection = connection;
        this.session = session;
        this.projects = new RemoteProjects(connection);
        this.tasks = new RemoteTasks(connection);
        this.agents = new RemoteAgents(connection);
        this.runs = new RemoteRuns(connection);
        this.graphs = new RemoteGraphRuns(connection);
        this.quotas = new RemoteQuotas(connection);
        this.budgets = new RemoteBudgets(connection);
        this.approvals = new RemoteApprovals(connection);
        this.events = new RemoteEvents(connection);
        this.work = new RemoteWorkQueue(connection);
        this.workers = new RemoteWorkers(connection);
        this.repos = new RemoteRepos(connection);
        this.users = new RemoteUsers(connection);
        this.tokens = new RemoteTokens(connection);
        this.account = new RemoteAccount(connection);
        this.audit = new RemoteAudit(connection);
        this.system = new RemoteSystem(connection);
    }

    /**
     * Makes a client with the default timeouts. It connects when it is first used.
     *
     * @param base the hub's address, such as {@code http://127.0.0.1:7878}
     * @param token shown with every call
     * @return the client; to be closed
     */
    public static PilotClient connect(URI base, String token) {
        return builder(base, token).build();
    }

    /**
     * Starts a client.
     *
     * @param base the hub's address, such as {@code http://127.0.0.1:7878}
     * @param token shown with every call
     * @return a builder
     */
    public static Builder builder(URI base, String token) {
        return new Builder(base, requireNonNull(token, "token"), null);
    }

    /**
     * Logs a user in and makes a client with the default timeouts. It refreshes the session by itself; {@code account().logOut()} ends it.
     *
     * @param base the hub's address, such as {@code http://127.0.0.1:7878}
     * @param who name and password
     * @return the client; to be closed
     */
    public static PilotClient logIn(URI base, LogIn who) {
        return builder(base, who).build();
    }

    /**
     * Starts a client of a user, who is logged in when it is built.
     *
     * @param base the hub's address, such as {@code http://127.0.0.1:7878}
     * @param who name and password
     * @return a builder
     */
    public static Builder builder(URI base, LogIn who) {
        return new Builder(base, null, requireNonNull(who, "who"));
    }

    /**
     * A hub's door, for those who keep sessions by themselves. What it opens has the default timeouts and is to be closed.
     *
     * @param base the hub's address, such as {@code http://127.0.0.1:7878}
     * @return the door
     */
    public static Door door(URI base) {
        return new RemoteDoor(builder(base, "").connection(Credential.NONE), token -> connect(base, token));
    }

    @Override
    public Projects projects() {
        return projects;
    }

    @Override
    public Tasks tasks() {
        return tasks;
    }

    @Override
    public Agents agents() {
        return agents;
    }

    @Override
    public Runs runs() {
        return runs;
    }

    @Override
    public Budgets budgets() {
        return budgets;
    }

    @Override
    public GraphRuns graphs() {
        return graphs;
    }

    @Override
    public Quotas quotas() {
        return quotas;
    }

    @Override
    public Approvals approvals() {
        return approvals;
    }

    @Override
    public Events events() {
        return events;
    }

    @Override
    public WorkQueue work() {
        return work;
    }

    @Override
    public Workers workers() {
        return workers;
    }

    @Override
    public Repos repos() {
        return repos;
    }

    @Override
    public Users users() {
        return users;
    }

    @Override
    public Tokens tokens() {
        return tokens;
    }

    @Override
    public Account account() {
        return account;
    }

    @Override
    public Audit audit() {
        return audit;
    }

    @Override
    public HubSystem system() {
        return system;
    }

    /** Ends what is followed and what is under way, and lets go of connections and threads. Closing twice does nothing. */
    @Override
    public void close() {
        events.close();
        connection.close();
        if (session != null) {
            session.close();
        }
    }

    /** Builds a {@link PilotClient}. Defaults: 5 s to connect, 60 s for an answer, 3 retries. Not for several threads. */
    public static final class Builder {
        private final URI base;
        private final @Nullable String token;
        private final @Nullable LogIn who;
        private Duration connectTimeout = Duration.ofSeconds(5);
        private Duration requestTimeout = Duration.ofSeconds(60);
        private int retries = 3;

        /** One of the two is given. */
        private Builder(URI base, @Nullable String token, @Nullable LogIn who) {
            this.base = requireNonNull(base, "base");
            this.token = token;
            this.who = who;
        }

        /**
         * Sets how long a connection may take to come about.
         *
         * @param connectTimeout the time, more than nothing
         * @return this
         */
        public Builder connectTimeout(Duration connectTimeout) {
            this.connectTimeout = positive(connectTimeout, "connectTimeout");
            return this;
        }

        /**
         * Sets how long the hub may take to answer. What may take longer by nature, such as a claim that waits or a clone, gets more.
         *
         * @param requestTimeout the time, more than nothing
         * @return this
         */
        public Builder requestTimeout(Duration requestTimeout) {
            this.requestTimeout = positive(requestTimeout, "requestTimeout");
            return this;
        }

        /**
         * Sets how often a call that failed on the way is sent again, where that is safe.
         *
         * @param retries 0 for never
         * @return this
         */
        public Builder retries(int retries) {
            if (retries < 0) {
                throw new IllegalArgumentException("retries must be 0 or more, but is " + retries);
            }
            this.retries = retries;
            return this;
        }

        /**
         * Makes it.
         *
         * @return the client; to be closed
         * @throws IllegalArgumentException if the address is no http or https URL
         * @throws dev.pilot.api.error.PilotException if a user was to be logged in and was not
         */
        public PilotClient build() {
            if (who == null) {
                return new PilotClient(connection(Credential.of(requireNonNull(token))), null);
            }
            Connection open = connection(Credential.NONE);
            try {
                SessionCredential session = new SessionCredential(open, who);
                return new PilotClient(connection(session), session);
            } catch (PilotException refused) {
                open.close();
                throw refused;
            }
        }

        private Connection connection(Credential credential) {
            return new Connection(base, credential, new Connection.Settings(connectTimeout, requestTimeout, retries));
        }

        private static Duration positive(Duration value, String name) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException(name + " must be more than nothing, but is " + value);
            }
            return value;
        }
    }
}
