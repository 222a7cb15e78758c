-- A trial under Neovim's own client: open a file, wait for the diagnostic, carry out the code action, write the file.
-- The environment names the program and the file; what is seen goes to UNSPIN_SEEN as JSON, and the test in Rust judges it.

local seen = {}

local function finish(status)
  local out = assert(io.open(vim.env.UNSPIN_SEEN, "w"))
  out:write(vim.fn.json_encode(seen))
  out:close()
  vim.cmd(status == 0 and "qall!" or "cquit!")
end

-- Waits for as long as a slow machine may take, and says what never came.
local function await(what, holds)
  if not vim.wait(120000, holds, 20) then
    seen.missing = what
    finish(1)
  end
end

local function trial()
  seen.version = vim.split(vim.fn.execute("version"), "\n", { trimempty = true })[1]
  vim.cmd("edit " .. vim.fn.fnameescape(vim.env.UNSPIN_FILE))
  local buffer = vim.api.nvim_get_current_buf()
  local config = {
    name = "unspin",
    cmd = { vim.env.UNSPIN, "lsp" },
    root_dir = vim.fn.fnamemodify(vim.env.UNSPIN_FILE, ":h"),
    filetypes = { "text" },
  }
  vim.bo.filetype = "text"
  if vim.fn.has("nvim-0.11") == 1 then
    config.root_dir, config.root_markers = nil, { "lint.toml" }
    vim.lsp.config("unspin", config)
    vim.lsp.enable("unspin")
    vim.api.nvim_exec_autocmds("FileType", { buffer = buffer })
  else
    vim.lsp.buf_attach_client(buffer, vim.lsp.start_client(config))
  end

  await("the diagnostic", function()
    return #vim.diagnostic.get(buffer) > 0
  end)
  local found = vim.diagnostic.get(buffer)[1]
  seen.diagnostics = #vim.diagnostic.get(buffer)
  -- Neovim counts lines from 0 and columns in bytes, whatever was agreed on with the server.
  seen.place = { found.lnum, found.col, found.end_lnum, found.end_col }
  seen.code, seen.source, seen.message = found.code, found.source, found.message

  -- The menu, with its first choice taken.
  vim.api.nvim_win_set_cursor(0, { found.lnum + 1, found.col })
  local select = function(items, options, choose)
    seen.titles = vim.tbl_map(options.format_item, items)
    choose(items[1], 1)
  end
  vim.ui.select = select
  vim.lsp.buf.code_action()
  await("the repair", function()
    return #vim.diagnostic.get(buffer) == 0 and vim.bo[buffer].modified
  end)
  vim.cmd("write")
end

local fine, why = pcall(trial)
if not fine then
  seen.error = tostring(why)
end
finish(fine and 0 or 1)
