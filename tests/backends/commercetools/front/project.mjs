// One project of the mock, asked as a client would, without a socket.

export class Project {
  constructor(mock, key, client) {
    Object.assign(this, { mock, key, client, token: "" });
    // Product id → category id → hint: the mock drops `categoryOrderHints` of a draft.
    this.orderHints = new Map();
    // What the mock keeps of no cart and no order.
    this.modes = new Map();
    this.ordered = new Set();
    this.prices = new Map();
    this.texts = new Map();
    this.memory = new Map();
  }

  /** Fetches the token with which loader and front ask. */
  async open() {
    await this.mock.app.ready();
    const basic = Buffer.from(`${this.client.id}:${this.client.secret}`).toString("base64");
    const answer = await this.mock.app.inject({
      method: "POST",
      url: "/oauth/token?grant_type=client_credentials",
      headers: { authorization: `Basic ${basic}` },
    });
    this.token = answer.json().access_token;
    // The mock counts all reviews anew for each product of each answer: half a second a question.
    for (const kind of ["product-projection", "product"]) {
      const found = this.mock._repositories[kind];
      const ratings = found._reviewStatisticsService ?? found._searchService._reviewStatisticsService;
      const count = ratings.calculateProductReviewStatistics.bind(ratings);
      ratings.calculateProductReviewStatistics = (key, id) =>
        this.remembered(`rating of ${id}`, () => count(key, id));
    }
  }

  /** Passes a request on as it came: (status, JSON). */
  async pass(method, path, body, token = this.token) {
    const headers = { authorization: `Bearer ${token}` };
    if (body !== undefined) headers["content-type"] = "application/json";
    const answer = await this.mock.app.inject({
      method,
      url: `/${this.key}/${path}`,
      headers,
      payload: body === undefined ? undefined : JSON.stringify(body),
    });
    return { status: answer.statusCode, body: answer.body ? answer.json() : undefined };
  }

  async get(path) {
    return this.must("GET", path);
  }

  async post(path, body) {
    return this.must("POST", path, body);
  }

  /** What was once made of a text, since texts do not change here. */
  read(text, make) {
    if (!this.texts.has(text)) this.texts.set(text, make());
    return this.texts.get(text);
  }

  /** What is made of catalogue and stock, made anew once `forget` says that they have changed. */
  remembered(name, make) {
    if (!this.memory.has(name)) this.memory.set(name, make());
    return this.memory.get(name);
  }

  forget() {
    this.memory.clear();
  }

  /** All resources of a kind. */
  async all(kind, query = "") {
    return (await this.get(`${kind}?limit=500${query}`)).results;
  }

  async must(method, path, body) {
    const answer = await this.pass(method, path, body);
    if (answer.status >= 300) {
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return answer.body;
  }
}
