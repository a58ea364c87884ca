//! What people are called before their names: titles, ranks, trades, kin.

use super::word_lists;

word_lists! {
    /// Whether the word stands before a person's name or in the title there: "foreign", "minister".
    is_title => [
        "acting", "activist", "adm.", "admiral", "adviser", "advisor", "aide", "alhaji", "amb", "amb.",
        "ambassador", "analyst", "apostle", "archbishop", "archimandrite", "assistant", "attorney", "ayatollah",
        "barr.", "bishop", "brig", "brig.", "brigadier", "brigadier-general", "capt", "capt.", "captain",
        "cardinal", "caretaker", "ceo", "chair", "chairman", "chairperson", "chairwoman", "chancellor", "chief",
        "chief-of-staff", "cllr", "cmdr", "cmdr.", "co-chair", "co-founder", "co-leader", "col", "col.",
        "colonel", "commander", "commissioner", "commodore", "comrade", "congressman", "congresswoman",
        "counterpart", "crown", "dame", "datin", "dato", "datuk", "defence", "defense", "delegate", "democrat",
        "dep.", "deputy", "diplomat", "director", "don", "doña", "dr", "dr.", "emir", "encik", "engr", "engr.",
        "envoy", "evangelist", "ex-president", "executive", "expert", "finance", "foreign", "former",
        "founder", "fr.", "frau", "gen", "gen.", "general", "gov.", "governor", "haji", "hajia", "hajiya",
        "hajj", "hajji", "head", "herr", "high", "hon", "hon.", "honorable", "honourable", "imam",
        "informateur", "interim", "interior", "journalist", "judge", "justice", "khun", "king", "lady",
        "lawmaker", "leader", "lieutenant", "lord", "lt", "lt.", "madame", "mademoiselle", "maj", "maj.",
        "major", "majority", "malam", "mallam", "manager", "marshal", "maulana", "mayor", "mediator", "mgr",
        "mgr.", "minister", "minority", "monseñor", "monsieur", "monsignor", "mr", "mr.", "mrs", "mrs.", "ms",
        "ms.", "msgr", "mullah", "mzee", "negotiator", "nominee", "oba", "officer", "official", "ombudsman",
        "operating", "opposition", "otunba", "outgoing", "padre", "pandit", "patriarch", "pope", "premier",
        "president", "presidential", "press", "prime", "prince", "princess", "prof", "prof.", "professor",
        "puan", "queen", "rebel", "rep.", "representative", "republican", "rev", "rev.", "reverend", "sec.",
        "secretary", "secretary-general", "security", "sen.", "senator", "seri", "señor", "señora", "sgt",
        "sgt.", "sheikh", "sheikha", "shri", "signor", "signora", "sir", "smt", "smt.", "speaker", "special",
        "spokesman", "spokesperson", "spokeswoman", "state", "sultan", "swami", "tanaiste", "taoiseach",
        "tengku", "treasurer", "treasury", "tribal", "tuan", "tánaiste", "undersecretary", "ustad", "ustadh",
        "ustaz", "vice", "vice-chair", "vice-chairman", "vice-chancellor", "vice-premier", "vice-president",
        "vp", "warlord", "whip",
    ];

    /// Whether the word says what someone does or is: "farmer", "headwoman".
    is_trade => [
        "accountant", "activist", "actor", "actress", "administrator", "alderman", "apprentice", "artist",
        "aunt", "author", "baker", "banker", "barista", "barrister", "bartender", "beekeeper", "biologist",
        "blacksmith", "boatman", "bookseller", "boss", "bricklayer", "broadcaster", "broker", "brother",
        "builder", "bus-driver", "businessman", "businesswoman", "busker", "butcher", "butler", "cabbie",
        "caller", "campaigner", "candidate", "caregiver", "caretaker", "carpenter", "cashier", "caterer",
        "cellist", "chef", "childminder", "cleaner", "clergyman", "clerk", "cllr", "co-leader", "co-ordinator",
        "coach", "columnist", "commentator", "commuter", "conductor", "conservationist", "consultant", "cook",
        "coordinator", "correspondent", "councillor", "councilman", "councilor", "councilwoman", "counsel",
        "counsellor", "cousin", "craftsman", "critic", "cyclist", "dad", "dancer", "daughter", "dealer",
        "demographer", "dentist", "deputy", "docker", "doctor", "dr", "driver", "ecologist", "economist",
        "editor", "elder", "electorate", "electrician", "engineer", "farmer", "farmworker", "father", "fellow",
        "ferryman", "figure", "firefighter", "fisherman", "fishmonger", "florist", "foreman", "fruitseller",
        "gardener", "geographer", "geologist", "goatherd", "grandfather", "grandmother", "grocer",
        "hairdresser", "handler", "headman", "headmaster", "headmistress", "headteacher", "headwoman", "helper",
        "herder", "historian", "homeowner", "hotelier", "householder", "housekeeper", "housewife", "husband",
        "hydrologist", "imam", "informateur", "inspector", "janitor", "joiner", "jurist", "laborer", "labourer",
        "landlady", "landlord", "lawyer", "lecturer", "legislator", "librarian", "lineman", "linesman",
        "listener", "lobbyist", "machine-operator", "machinist", "magistrate", "mechanic", "member", "mep",
        "merchant", "midfielder", "midwife", "miner", "monk", "mother", "motorist", "mp", "mr", "mrs", "ms",
        "muleteer", "mum", "musician", "neighbor", "neighbour", "nephew", "newsagent", "niece", "novelist",
        "nun", "nurse", "nutritionist", "observer", "ombudsman", "organiser", "organist", "organizer", "owner",
        "packer", "painter", "paramedic", "parent", "parishioner", "parliamentarian", "passenger", "pastor",
        "pathologist", "peasant", "pensioner", "pharmacist", "physician", "pianist", "picker", "pilot",
        "player", "plumber", "poet", "policeman", "policewoman", "pollster", "porter", "postman", "potter",
        "preacher", "priest", "principal", "producer", "prof", "rabbi", "ranger", "rapporteur", "reader",
        "receptionist", "refugee", "registrar", "repairman", "reporter", "researcher", "resident", "retailer",
        "retiree", "roadworker", "roofer", "roommate", "sailor", "scholar", "scientist", "sculptor",
        "seamstress", "seller", "sergeant", "shepherd", "sheriff", "shopkeeper", "shopper", "sign-maker",
        "signalman", "singer", "sister", "skipper", "sociologist", "soldier", "solicitor", "son", "stallholder",
        "steward", "stonemason", "strategist", "student", "superintendent", "supervisor", "surgeon", "surveyor",
        "survivor", "tailor", "td", "teacher", "teller", "tenant", "theologian", "therapist", "trader",
        "tradesman", "trainee", "translator", "tribesman", "trucker", "trustee", "tutor", "uncle", "vendor",
        "vet", "veteran", "vicar", "viewer", "villager", "violinist", "volunteer", "waiter", "waitress",
        "warden", "watchman", "weaver", "welder", "widow", "wife", "winemaker", "worshipper", "writer",
    ];

    /// Whether the bearer of the title speaks for nobody else: "analyst".
    is_expert => [
        "activist", "analyst", "anthropologist", "author", "biologist", "columnist", "commentator",
        "conservationist", "consultant", "correspondent", "demographer", "doctor", "dr", "dr.", "ecologist",
        "economist", "editor", "expert", "farmer", "fellow", "geographer", "geologist", "historian",
        "hydrologist", "journalist", "jurist", "lawyer", "lecturer", "lobbyist", "novelist", "nurse",
        "observer", "parent", "pathologist", "physician", "poet", "pollster", "prof", "prof.", "professor",
        "reporter", "researcher", "resident", "retiree", "scholar", "scientist", "sociologist", "strategist",
        "student", "surgeon", "survivor", "teacher", "theologian", "trader", "veteran", "villager", "writer",
    ];

    /// Whether the bearer of the title speaks for those who sent them: "envoy".
    is_mouthpiece => [
        "aide", "ambassador", "delegate", "diplomat", "envoy", "negotiator", "official", "representative",
        "spokesman", "spokesperson", "spokeswoman", "undersecretary",
    ];

    /// Whether the bearer of the title decides for a state: "premier".
    is_ruler => [
        "chancellor", "emir", "ex-president", "king", "premier", "president", "queen", "sultan",
        "taoiseach",
    ];

    /// Whether the title needs another word behind it: "defence" is nobody, "defence minister" is someone.
    is_part_of_title => [
        "acting", "caretaker", "crown", "defence", "defense", "executive", "finance", "foreign", "former",
        "high", "interim", "interior", "justice", "majority", "minority", "opposition", "outgoing",
        "presidential", "press", "prime", "rebel", "republican", "security", "seri", "special", "state",
        "treasury", "tribal", "vice",
    ];

    /// Whether the word is a form of address or a rank, which says nothing of an office.
    is_form_of_address => [
        "alhaji", "archimandrite", "brig", "brigadier", "capt", "captain", "cmdr", "col", "colonel",
        "commodore", "comrade", "dame", "datin", "dato", "datuk", "don", "doña", "dr", "encik", "engr", "frau",
        "gen", "general", "haji", "hajia", "hajiya", "hajj", "hajji", "herr", "hon", "honorable", "honourable",
        "khun", "lady", "lieutenant", "lord", "lt", "madame", "mademoiselle", "maj", "major", "malam", "mallam",
        "maulana", "mgr", "monseñor", "monsieur", "monsignor", "mr", "mrs", "ms", "msgr", "mullah", "mzee",
        "padre", "pandit", "prof", "puan", "rev", "seri", "señor", "señora", "sgt", "sheikh", "sheikha", "shri",
        "signor", "signora", "sir", "smt", "swami", "tengku", "tuan", "ustad", "ustadh", "ustaz",
    ];

    /// Whether the word is a given name besides being another word: "Bill", "Will".
    is_given_name => [
        "april", "art", "august", "beverly", "bill", "billy", "chase", "chuck", "dean", "drew", "duke", "earl",
        "emily", "faith", "frank", "grace", "grant", "guy", "holly", "hope", "hunter", "jack", "joy", "june",
        "kelly", "kimberly", "king", "lance", "lee", "lily", "mark", "may", "miles", "molly", "nick", "pat",
        "peace", "polly", "rob", "rose", "rusty", "sally", "sandy", "skip", "sue", "summer", "victor",
        "victoria", "victory", "wade", "ward", "will",
    ];

    /// Whether the word, without stops, stands behind a name: "MP", "Jr".
    is_honour => [
        "CBE", "FRS", "KC", "MBE", "MEP", "MLA", "MP", "MSP", "OBE", "PhD", "QC", "TD",
    ];

    /// Whether the noun may be said of anyone in office: "the official".
    is_any_official => [
        "diplomat", "leader", "official", "politician", "spokesman", "spokesperson", "spokeswoman",
    ];

    /// Whether the bearer of the title works where he does not belong: "diplomats in Minsk".
    is_abroad => [
        "aide", "aides", "ambassador", "ambassadors", "delegate", "delegates", "delegation", "delegations", "diplomat",
        "diplomats", "embassy", "envoy", "envoys", "mediator", "mediators", "negotiator", "negotiators", "people",
        "representative", "representatives", "spokesman", "spokesperson", "spokeswoman", "team",
    ];

    /// Whether the word says what a minister is for: "health".
    is_portfolio => [
        "affairs", "africa", "agriculture", "americas", "asia", "business", "caribbean", "children", "climate",
        "commerce", "communications", "cooperation", "culture", "defence", "defense", "development", "digital",
        "economy", "education", "employment", "energy", "enterprise", "environment", "equality", "europe",
        "external", "families", "federal", "finance", "fisheries", "foreign", "health", "home", "hostage",
        "housing", "human", "humanitarian", "immigration", "industry", "information", "infrastructure",
        "innovation", "integration", "interior", "investment", "justice", "labor", "labour", "local",
        "migration", "mines", "mining", "oil", "peace", "petroleum", "planning", "rail", "refugees", "regional",
        "religious", "research", "resources", "rights", "rural", "science", "security", "social", "sport",
        "sports", "technology", "tourism", "trade", "transport", "treasury", "water", "welfare", "works",
        "youth",
    ];

    /// Whether the word sets people apart from the government of their state: "separatist leaders".
    is_partisan => [
        "academic", "banking", "business", "catholic", "christian", "church", "civic", "communist", "community",
        "dissident", "exiled", "far-left", "far-right", "farm", "farming", "fishing", "football", "guerrilla",
        "hard-line", "hardline", "indigenous", "industry", "insurgent", "islamist", "jewish", "labor", "labour",
        "medical", "militant", "muslim", "opposition", "rebel", "religious", "secessionist", "separatist",
        "student", "trade", "tribal", "ultranationalist", "union",
    ];

    /// Whether the word says whose relative someone is.
    is_kin => [
        "brother", "cousin", "daughter", "father", "grandmother", "husband", "mother", "sister", "son",
        "widow", "wife",
    ];

    /// Whether the word, its stop cut off, is a rank of armed forces.
    is_military => [
        "adm", "admiral", "brig", "brigadier", "capt", "captain", "cmdr", "col", "colonel", "commander",
        "commodore", "gen", "general", "lt", "maj", "major", "sergeant", "sgt",
    ];

    /// Whether the bearer of the title is there to be quoted.
    is_voice => [
        "spokesman", "spokesperson", "spokeswoman",
    ];

    /// Whether the word says that someone no longer speaks for a body, or never did.
    is_out_of_office => [
        "dissident", "ex", "far-left", "far-right", "former", "hard-line", "hardline", "independent", "late", "private",
        "retired", "ultranationalist",
    ];

    /// Whether the label of a broadcast is that of its own voice: "PRESENTER:".
    is_broadcasting => [
        "anchor", "announcer", "host", "narrator", "newsreader", "presenter",
    ];

    /// Whether the word says that someone only asks.
    is_interviewing => [
        "correspondent", "host", "interviewer", "moderator", "presenter", "reporter",
    ];

    /// Whether only women bear the title.
    is_womans => [
        "actress", "chairwoman", "congresswoman", "dame", "grandmother", "headmistress", "lady", "mother",
        "mrs", "mrs.", "ms", "ms.", "nun", "princess", "queen", "seamstress", "spokeswoman", "waitress",
        "widow",
    ];

    /// Whether only men bear the title.
    is_mans => [
        "ayatollah", "chairman", "congressman", "emir", "father", "headmaster", "imam", "king", "lord",
        "monk", "mr", "mr.", "pope", "priest", "prince", "sheikh", "sir", "spokesman", "sultan", "waiter",
    ];
}

/// Whether the word says what someone does or is: "farmer", "mum-of-three".
pub(in crate::article::attribution) fn is_role(lower: &str) -> bool {
    let is_chosen = ["-elect", "-designate"].iter().any(|end| lower.strip_suffix(end).is_some_and(is_title));
    let is_compound = [
        "keeper",
        "worker",
        "maker",
        "driver",
        "grower",
        "seller",
        "holder",
        "woman",
        "person",
        "runner",
        "writer",
        "farmer",
        "player",
        "owner",
        "newsagent",
        "ologist",
        "ographer",
        "ician",
    ]
    .iter()
    .any(|end| lower.len() > end.len() + 2 && lower.ends_with(end));
    is_chosen
        || is_compound
        || is_trade(lower)
        || ["mum-of-", "mother-of-", "dad-of-", "father-of-"].iter().any(|p| lower.starts_with(p))
}

/// Whether the noun means several people by what they do or are: "officials", "parents".
pub(in crate::article::attribution) fn is_people(lower: &str) -> bool {
    matches!(lower, "people" | "parents" | "women" | "men" | "families" | "residents" | "locals")
        || lower.strip_suffix('s').is_some_and(is_individual)
}

/// Whether the noun alone means one person: "minister", "farmer"; not "army" or "defence".
pub(in crate::article::attribution) fn is_individual(noun: &str) -> bool {
    (is_title(noun) || is_role(noun)) && !is_part_of_title(noun)
}

/// Whether the word can be the noun of an office or a trade: "minister" in "the foreign minister".
pub(in crate::article::attribution) fn is_office(lower: &str) -> bool {
    is_title(lower) || is_role(lower)
}

/// Whether the word stands before a name without saying what its bearer does: "Mr.", "colonel".
pub(in crate::article::attribution) fn is_rank(lower: &str) -> bool {
    lower.ends_with('.') || is_form_of_address(lower)
}

/// Whether someone of whom this is said speaks for nobody else: "a retired envoy", "the analyst".
pub(in crate::article::attribution) fn speaks_for_none(lower: &str) -> bool {
    is_out_of_office(lower) || lower.starts_with("ex-") || is_expert(lower)
}

/// Whether the description means someone who asks and whom no pronoun means: "a radio host".
pub(in crate::article::attribution) fn is_interviewer(description: &str) -> bool {
    description.rsplit(' ').next().is_some_and(is_interviewing)
}

/// Whether the label of a broadcast is that of one who only leads through it: "REPORTER".
pub(in crate::article::attribution) fn speaks_on_air(role: &str) -> bool {
    is_broadcasting(role) || is_interviewing(role)
}

/// Whether a title is a woman's; `None` if it does not tell.
pub(in crate::article::attribution) fn gender_of(title: &str) -> Option<bool> {
    if is_womans(title) || title.ends_with("woman") {
        return Some(true);
    }
    (is_mans(title) || title.ends_with("man")).then_some(false)
}

/// A title without abbreviation: "gen." as "general".
pub(in crate::article::attribution) fn spelt_out(title: &str) -> &str {
    match title.trim_end_matches('.') {
        "gen" => "general",
        "col" => "colonel",
        "maj" => "major",
        "capt" => "captain",
        "lt" => "lieutenant",
        "sgt" => "sergeant",
        "adm" => "admiral",
        "prof" => "professor",
        "dr" => "doctor",
        "sen" => "senator",
        "gov" => "governor",
        "rev" => "reverend",
        "amb" => "ambassador",
        "rep" => "representative",
        "sec" => "secretary",
        other => other,
    }
}
